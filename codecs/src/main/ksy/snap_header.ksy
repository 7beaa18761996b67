meta:
  id: snap_header
  title: SNAP header
  license: Apache-2.0
  endian: be
doc: |
  The Subnetwork Access Protocol, which brings EtherTypes to networks that have none. It follows an LLC header whose service
  access points are 0xaa.
doc-ref: https://www.rfc-editor.org/rfc/rfc1042 Header Format
seq:
  - id: organization
    type: b24
    doc: Whose types they are, 0 for EtherTypes.
  - id: type
    type: u2
    doc: Type of what is inside.
