meta:
  id: vlan_tag
  title: VLAN tag
  license: Apache-2.0
  endian: be
doc: |
  The tag control information of a VLAN tag and the EtherType after it. The EtherType that announces the tag (0x8100 for
  customer tags, 0x88a8 for service tags) stands before it and belongs to the header around it.
doc-ref: IEEE 802.1Q-2022 clause 9.6 VLAN Tag Control Information
seq:
  - id: priority
    type: b3
    doc: Priority code point (PCP).
    doc-ref: IEEE 802.1Q-2022 clause 6.9.3
  - id: drop_eligible
    type: b1
    doc: Drop eligible indicator (DEI).
    doc-ref: IEEE 802.1Q-2022 clause 6.9.3
  - id: id
    type: b12
    doc: VLAN identifier; 0 says that the tag carries a priority only, 4095 is reserved.
    doc-ref: IEEE 802.1Q-2022 clause 9.6
  - id: type
    type: u2
    doc: EtherType of what is inside, another tag perhaps; up to 1500 the length of an IEEE 802.2 frame.
