meta:
  id: neighbor_option
  title: Neighbour discovery option
  license: Apache-2.0
  endian: be
doc: |
  One of the options that follow the fixed part of a neighbour discovery message, to its end.
doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.6 Option Formats
seq:
  - id: type
    type: u1
    doc: Kind of the option.
    doc-ref: https://www.iana.org/assignments/icmpv6-parameters IPv6 Neighbor Discovery Option Formats
  - id: length_field
    type: u1
    valid:
      min: 1
    doc: Length of the option, type and length included, in units of 8 bytes.
  - id: data
    size: length_field * 8 - 2
    doc: Its meaning depends on the type; see the instances.
instances:
  link_layer_address:
    pos: 2
    size: 6
    if: (type == 1 or type == 2) and length_field == 1
    doc: MAC address of the sender or the target.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.6.1 Source/Target Link-layer Address
  prefix_information:
    pos: 2
    type: prefix_information
    if: type == 3 and length_field >= 4
    doc: Prefix on the link.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.6.2 Prefix Information
  mtu:
    pos: 4
    type: u4
    if: type == 5
    doc: MTU of the link.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4861#section-4.6.4 MTU
types:
  prefix_information:
    seq:
      - id: prefix_length
        type: u1
        doc: Bits of the prefix that are valid.
      - id: flags
        type: u1
        doc: On-link (0x80), autonomous address configuration (0x40).
      - id: valid_lifetime
        type: u4
        doc: Seconds for which the prefix is on the link.
      - id: preferred_lifetime
        type: u4
        doc: Seconds for which addresses made of the prefix are preferred.
      - id: reserved
        type: u4
      - id: prefix
        size: 16
