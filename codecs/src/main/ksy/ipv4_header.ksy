meta:
  id: ipv4_header
  title: IPv4 header
  license: Apache-2.0
  endian: be
doc: |
  The header of an IPv4 datagram, options included, data not.
doc-ref: https://www.rfc-editor.org/rfc/rfc791#section-3.1 Internet Header Format
seq:
  - id: version
    type: b4
    valid: 4
    doc: Always 4.
  - id: words
    type: b4
    valid:
      min: 5
    doc: Internet header length (IHL) in units of 4 bytes.
  - id: type_of_service
    type: u1
    doc: Differentiated services code point in the upper six bits, explicit congestion notification in the lower two.
    doc-ref:
      - https://www.rfc-editor.org/rfc/rfc2474#section-3 Differentiated Services Field Definition
      - https://www.rfc-editor.org/rfc/rfc3168#section-5 Explicit Congestion Notification in IP
  - id: total_length
    type: u2
    doc: Bytes of header and data; 0 where segmentation was left to the network card.
  - id: identification
    type: u2
    doc: Common to all fragments of a datagram.
    doc-ref: https://www.rfc-editor.org/rfc/rfc6864#section-4 Updates to the IPv4 ID Specification
  - id: flags
    type: b3
    doc: Reserved (4), don't fragment (2), more fragments (1).
  - id: fragment_offset
    type: b13
    doc: Where this fragment belongs in the datagram, in units of 8 bytes.
  - id: time_to_live
    type: u1
    doc: Hops left.
  - id: next_protocol
    type: u1
    doc: Protocol of the data, 1 for ICMP, 6 for TCP, 17 for UDP.
    doc-ref: https://www.iana.org/assignments/protocol-numbers
  - id: checksum
    type: u2
    doc: Internet checksum of the header.
    doc-ref: https://www.rfc-editor.org/rfc/rfc1071#section-1
  - id: source
    type: u4
    doc: Address of the sender.
  - id: destination
    type: u4
    doc: Address of the receiver.
  - id: options
    size: header_length - 20
    doc: Options and their padding.
instances:
  header_length:
    value: words * 4
    doc: Bytes of the header.
