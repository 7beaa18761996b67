meta:
  id: ipv6_extension_header
  title: IPv6 extension header
  license: Apache-2.0
  endian: be
doc: |
  What hop-by-hop options, routing headers and destination options of IPv6 have in common. Which of them it is, the header before
  says.
doc-ref:
  - https://www.rfc-editor.org/rfc/rfc8200#section-4.3 Hop-by-Hop Options Header
  - https://www.rfc-editor.org/rfc/rfc8200#section-4.4 Routing Header
  - https://www.rfc-editor.org/rfc/rfc8200#section-4.6 Destination Options Header
seq:
  - id: next_header
    type: u1
    doc: Protocol of what follows.
    doc-ref: https://www.iana.org/assignments/protocol-numbers
  - id: length_field
    type: u1
    doc: Length of this header in units of 8 bytes, the first not counted.
  - id: data
    size: header_length - 2
    doc: Options and their padding, or the route.
instances:
  header_length:
    value: (length_field + 1) * 8
    doc: Bytes of the header.
