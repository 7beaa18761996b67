meta:
  id: icmp_header
  title: ICMP header
  license: Apache-2.0
  endian: be
doc: |
  The eight bytes with which every ICMP message begins. Errors quote the datagram that caused them after it, echoes carry data;
  neither is read here.
doc-ref: https://www.rfc-editor.org/rfc/rfc792 Message Formats
seq:
  - id: type
    type: u1
    doc: Kind of the message, 8 for an echo request, 0 for its reply, 3 for an unreachable destination.
    doc-ref: https://www.iana.org/assignments/icmp-parameters ICMP Type Numbers
  - id: code
    type: u1
    doc: What the type leaves open.
    doc-ref: https://www.iana.org/assignments/icmp-parameters Code Fields
  - id: checksum
    type: u2
    doc: Internet checksum of the whole message.
    doc-ref: https://www.rfc-editor.org/rfc/rfc1071#section-1
  - id: rest
    type: u4
    doc: Its meaning depends on the type; see the instances.
instances:
  identifier:
    value: rest >> 16
    doc: Identifier of an echo.
    doc-ref: https://www.rfc-editor.org/rfc/rfc792 Echo or Echo Reply Message
  sequence_number:
    value: rest & 0xffff
    doc: Sequence number of an echo.
    doc-ref: https://www.rfc-editor.org/rfc/rfc792 Echo or Echo Reply Message
  next_hop_mtu:
    value: rest & 0xffff
    doc: Largest datagram that the next hop takes, in an "unreachable, fragmentation needed" message.
    doc-ref: https://www.rfc-editor.org/rfc/rfc1191#section-4 Router specification
  gateway:
    value: rest
    doc: Address of the better router, in a redirect.
    doc-ref: https://www.rfc-editor.org/rfc/rfc792 Redirect Message
  pointer:
    value: rest >> 24
    doc: Byte of the quoted header at which the error was found, in a "parameter problem" message.
    doc-ref: https://www.rfc-editor.org/rfc/rfc792 Parameter Problem Message
