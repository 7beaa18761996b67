meta:
  id: icmpv6_header
  title: ICMPv6 header
  license: Apache-2.0
  endian: be
doc: |
  The header of an ICMPv6 message and the four bytes that nearly every message has after it. Errors quote the packet that caused
  them after it, neighbour discovery has addresses and options there; neither is read here.
doc-ref: https://www.rfc-editor.org/rfc/rfc4443#section-2.1 Message General Format
seq:
  - id: type
    type: u1
    doc: Kind of the message, below 128 an error, 128 for an echo request, 129 for its reply.
    doc-ref: https://www.iana.org/assignments/icmpv6-parameters ICMPv6 "type" Numbers
  - id: code
    type: u1
    doc: What the type leaves open.
    doc-ref: https://www.iana.org/assignments/icmpv6-parameters ICMPv6 "Code" Fields
  - id: checksum
    type: u2
    doc: Internet checksum of pseudo-header and message.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4443#section-2.3 Message Checksum Calculation
  - id: rest
    type: u4
    doc: Its meaning depends on the type; see the instances.
instances:
  identifier:
    value: rest >> 16
    doc: Identifier of an echo.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4443#section-4.1 Echo Request Message
  sequence_number:
    value: rest & 0xffff
    doc: Sequence number of an echo.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4443#section-4.1 Echo Request Message
  next_hop_mtu:
    value: rest
    doc: Largest packet that the next hop takes, in a "packet too big" message.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4443#section-3.2 Packet Too Big Message
