meta:
  id: esp_header
  title: ESP header
  license: Apache-2.0
  endian: be
doc: |
  The two fields of an ESP packet that are not encrypted.
doc-ref: https://www.rfc-editor.org/rfc/rfc4303#section-2 Encapsulating Security Payload Packet Format
seq:
  - id: spi
    type: u4
    doc: Security parameters index, which security association the packet belongs to.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4303#section-2.1
  - id: sequence_number
    type: u4
    doc: Counts the packets of the association; its low half where sequence numbers are extended.
    doc-ref: https://www.rfc-editor.org/rfc/rfc4303#section-2.2
