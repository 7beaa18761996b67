meta:
  id: vxlan_gpe_header
  title: VXLAN-GPE header
  license: Apache-2.0
  endian: be
doc: |
  The header between UDP and whatever a VXLAN-GPE tunnel carries. It differs from VXLAN's in the flags and in naming what is
  inside.
doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-nvo3-vxlan-gpe-12#section-3 Generic Protocol Extension for VXLAN
seq:
  - id: flags
    type: u1
    doc: |
      Two reserved bits, the version (0x30), I (0x08) the network identifier is valid, P (0x04) the next protocol is valid, B (0x02)
      ingress-replicated broadcast, unknown unicast or multicast, O (0x01) operation, administration and maintenance.
  - id: reserved16
    type: u2
    doc: Zero on transmission, ignored on receipt.
  - id: next_protocol
    type: u1
    doc: 1 IPv4, 2 IPv6, 3 Ethernet, 4 Network Service Header, 5 MPLS.
  - id: vni
    type: b24
    doc: VXLAN network identifier.
  - id: reserved8
    type: u1
    doc: Zero on transmission, ignored on receipt.
instances:
  version:
    value: (flags >> 4) & 3
    doc: Version of the header, 0.
  has_valid_vni:
    value: (flags & 0x08) != 0
    doc: Flag I.
  has_next_protocol:
    value: (flags & 0x04) != 0
    doc: Flag P.
  is_oam:
    value: (flags & 0x01) != 0
    doc: Flag O.
