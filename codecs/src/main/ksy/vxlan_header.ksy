meta:
  id: vxlan_header
  title: VXLAN header
  license: Apache-2.0
  endian: be
doc: |
  The header between UDP and the inner Ethernet frame. Of its first 32 bits RFC 7348 uses one, flag I; where the Group Policy
  extension is at work the others carry its flags and the group policy id.
doc-ref:
  - https://www.rfc-editor.org/rfc/rfc7348#section-5 VXLAN Frame Format
  - https://datatracker.ietf.org/doc/html/draft-smith-vxlan-group-policy-05#section-2.1 VXLAN Group Based Policy
seq:
  - id: flags
    type: u2
    doc: |
      G (0x8000) the group policy id is valid, I (0x0800) the network identifier is valid, D (0x0040) don't learn,
      A (0x0008) the policy has been applied; the others are reserved.
  - id: group_policy_id
    type: u2
    doc: Reserved unless flag G is set.
  - id: vni
    type: b24
    doc: VXLAN network identifier.
  - id: reserved
    type: u1
    doc: Zero on transmission, ignored on receipt.
instances:
  has_valid_vni:
    value: (flags & 0x0800) != 0
    doc: Flag I.
