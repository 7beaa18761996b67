meta:
  id: llc_header
  title: LLC header
  license: Apache-2.0
  endian: be
doc: |
  The header of logical link control, which follows an Ethernet header with a length.
doc-ref:
  - IEEE 802.2-1998 clause 3.2 LLC PDU format
  - https://www.rfc-editor.org/rfc/rfc1042 Header Format
seq:
  - id: dsap
    type: u1
    doc: Destination service access point, 0xaa for SNAP; its lowest bit marks a group.
  - id: ssap
    type: u1
    doc: Source service access point; its lowest bit marks a response.
  - id: control_first
    type: u1
    doc: The control field, or its first byte.
    doc-ref: IEEE 802.2-1998 clause 5.2 LLC PDU control field formats
  - id: control_second
    type: u1
    if: not is_unnumbered
    doc: The second byte of the control field of an information or supervisory PDU.
instances:
  is_unnumbered:
    value: (control_first & 3) == 3
    doc: Whether the control field has one byte.
