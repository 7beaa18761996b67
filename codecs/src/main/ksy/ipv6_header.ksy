meta:
  id: ipv6_header
  title: IPv6 header
  license: Apache-2.0
  endian: be
doc: |
  The fixed header of an IPv6 packet. Extension headers follow it where the next header says so; they are not read here.
doc-ref: https://www.rfc-editor.org/rfc/rfc8200#section-3 IPv6 Header Format
seq:
  - id: version
    type: b4
    valid: 6
    doc: Always 6.
  - id: traffic_class
    type: b8
    doc: Differentiated services code point and explicit congestion notification.
    doc-ref: https://www.rfc-editor.org/rfc/rfc8200#section-7 Traffic Classes
  - id: flow_label
    type: b20
    doc: The same for all packets of a flow.
    doc-ref: https://www.rfc-editor.org/rfc/rfc6437#section-2 IPv6 Flow Label Specification
  - id: payload_length
    type: u2
    doc: Bytes after this header, extension headers included; 0 in a jumbogram.
    doc-ref: https://www.rfc-editor.org/rfc/rfc2675#section-3 Jumbograms
  - id: next_header
    type: u1
    doc: Protocol of what follows, by the numbers of IPv4.
    doc-ref: https://www.iana.org/assignments/protocol-numbers
  - id: hop_limit
    type: u1
    doc: Hops left.
  - id: source
    size: 16
    doc: Address of the sender.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4291#section-2 IPv6 Addressing
  - id: destination
    size: 16
    doc: Address of the receiver.
