meta:
  id: icmpv6_header
  title: ICMPv6 header
  license: Apache-2.0
  endian: be
doc: |
  The header of an ICMPv6 message, the four bytes that nearly every message has after it, and the fixed part of neighbour
  discovery. Errors quote the packet that caused them after it, neighbour discovery has options there; neither is read here.
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
  - id: body
    size: "type == 134 ? 8 : type == 135 or type == 136 ? 16 : type == 137 ? 32 : 0"
    doc: Timers of a router advertisement; target of a neighbour solicitation or advertisement; target and destination of a redirect.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4 Message Formats
instances:
  pointer:
    value: rest
    doc: Byte of the quoted packet at which the error was found, in a "parameter problem" message.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4443#section-3.4 Parameter Problem Message
  reachable_time:
    pos: 8
    type: u4
    if: type == 134
    doc: Milliseconds for which a neighbour counts as reachable.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.2 Router Advertisement Message Format
  retrans_timer:
    pos: 12
    type: u4
    if: type == 134
    doc: Milliseconds between solicitations.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.2 Router Advertisement Message Format
  target:
    pos: 8
    size: 16
    if: type == 135 or type == 136 or type == 137
    doc: Address that is looked for, announced, or better.
    doc-ref:
      - https://www.rfc-editor.org/rfc/rfc4861#section-4.3 Neighbor Solicitation Message Format
      - https://www.rfc-editor.org/rfc/rfc4861#section-4.4 Neighbor Advertisement Message Format
      - https://www.rfc-editor.org/rfc/rfc4861#section-4.5 Redirect Message Format
  destination:
    pos: 24
    size: 16
    if: type == 137
    doc: Destination that is redirected.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.5 Redirect Message Format
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
