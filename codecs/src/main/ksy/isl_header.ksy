meta:
  id: isl_header
  title: ISL header
  license: Apache-2.0
  endian: be
doc: |
  The header that Cisco's switches put in front of a frame on trunks before IEEE 802.1Q. It looks like the beginning of an IEEE 802.3
  frame with LLC and SNAP.
doc-ref: https://www.cisco.com/c/en/us/support/docs/lan-switching/8021q/17056-741-4.html Inter-Switch Link and IEEE 802.1Q Frame Format
seq:
  - id: destination
    size: 6
    doc: 01-00-0c-00-00 or 0c-00-0c-00-00, then four bits of type and four of user data.
  - id: source
    size: 6
  - id: frame_length
    type: u2
    doc: What follows this field, without the frame check sequence of the ISL frame.
  - id: llc
    type: b24
    doc: 0xaaaa03.
  - id: source_high
    type: b24
    doc: The first three bytes of the source.
  - id: vlan
    type: b15
  - id: bpdu
    type: b1
    doc: A spanning tree, CDP or VTP message is inside.
  - id: index
    type: u2
    doc: The port of the sending switch.
  - id: reserved
    type: u2
    doc: For Token Ring and FDDI.
instances:
  type:
    value: destination[5] >> 4
    doc: 0 Ethernet, 1 Token Ring, 2 FDDI, 3 ATM.
