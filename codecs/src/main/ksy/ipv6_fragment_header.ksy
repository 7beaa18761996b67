meta:
  id: ipv6_fragment_header
  title: IPv6 fragment header
  license: Apache-2.0
  endian: be
doc: |
  The extension header that each fragment of an IPv6 packet has.
doc-ref: https://www.rfc-editor.org/rfc/rfc8200#section-4.5 Fragment Header
seq:
  - id: next_header
    type: u1
    doc: Protocol with which the fragmented part of the packet begins.
    doc-ref: https://www.iana.org/assignments/protocol-numbers
  - id: reserved
    type: u1
    doc: Zero on transmission, ignored on receipt.
  - id: fragment_offset
    type: b13
    doc: Where this fragment belongs in the packet, in units of 8 bytes.
  - id: reserved_bits
    type: b2
    doc: Zero on transmission, ignored on receipt.
  - id: more_fragments
    type: b1
    doc: Whether this is not the last fragment.
  - id: identification
    type: u4
    doc: Common to all fragments of a packet.
