meta:
  id: udp_header
  title: UDP header
  license: Apache-2.0
  endian: be
doc: |
  The header of a UDP datagram, data not included.
doc-ref: https://www.rfc-editor.org/rfc/rfc768 Format
seq:
  - id: source_port
    type: u2
    doc: Port of the sender, 0 if it has none.
  - id: destination_port
    type: u2
    doc: Port of the receiver.
    doc-ref: https://www.iana.org/assignments/service-names-port-numbers
  - id: datagram_length
    type: u2
    doc: Bytes of header and data, at least 8; 0 in a jumbogram.
    doc-ref:
      - https://www.rfc-editor.org/rfc/rfc768 Fields
      - https://www.rfc-editor.org/rfc/rfc2675#section-4 UDP Jumbograms
  - id: checksum
    type: u2
    doc: Internet checksum of pseudo-header, header and data; 0 if the sender made none.
    doc-ref:
      - https://www.rfc-editor.org/rfc/rfc768 Fields
      - https://www.rfc-editor.org/rfc/rfc8200#section-8.1 Upper-Layer Checksums
