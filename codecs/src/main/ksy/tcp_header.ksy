meta:
  id: tcp_header
  title: TCP header
  license: Apache-2.0
  endian: be
doc: |
  The header of a TCP segment, options included, data not.
doc-ref: https://www.rfc-editor.org/rfc/rfc9293#section-3.1 Header Format
seq:
  - id: source_port
    type: u2
    doc: Port of the sender.
  - id: destination_port
    type: u2
    doc: Port of the receiver.
  - id: sequence_number
    type: u4
    doc: Number of the first byte of data; of the SYN itself if that flag is set.
    doc-ref: https://www.rfc-editor.org/rfc/rfc9293#section-3.4 Sequence Numbers
  - id: acknowledgment_number
    type: u4
    doc: Number of the next byte that the sender expects, if flag ACK is set.
  - id: words
    type: b4
    valid:
      min: 5
    doc: Data offset (DOffset) in units of 4 bytes.
  - id: flags
    type: b12
    doc: |
      Four reserved bits, then CWR (0x80), ECE (0x40), URG (0x20), ACK (0x10), PSH (0x08), RST (0x04), SYN (0x02), FIN (0x01).
    doc-ref:
      - https://www.rfc-editor.org/rfc/rfc9293#section-3.1 Control bits
      - https://www.iana.org/assignments/tcp-parameters TCP Header Flags
  - id: window
    type: u2
    doc: Bytes that the sender is ready to take, not scaled.
    doc-ref: https://www.rfc-editor.org/rfc/rfc7323#section-2 TCP Window Scale Option
  - id: checksum
    type: u2
    doc: Internet checksum of pseudo-header, header and data.
    doc-ref: https://www.rfc-editor.org/rfc/rfc9293#section-3.1 Checksum
  - id: urgent_pointer
    type: u2
    doc: Where urgent data ends, if flag URG is set.
    doc-ref: https://www.rfc-editor.org/rfc/rfc9293#section-3.8.5 Communication of Urgent Information
  - id: options
    size: header_length - 20
    doc: Options and their padding as they are; see the instance that reads them.
instances:
  header_length:
    value: words * 4
    doc: Bytes of the header.
  option_list:
    pos: 20
    size: header_length - 20
    type: option_list
    if: words > 5
    doc: The options one by one, of a header whose options are well formed.
types:
  option_list:
    seq:
      - id: entries
        type: option
        repeat: until
        repeat-until: _io.eof or _.kind == 0
  option:
    doc-ref: https://www.rfc-editor.org/rfc/rfc9293#section-3.2 Specific Option Definitions
    seq:
      - id: kind
        type: u1
        doc: 0 ends the list, 1 does nothing; both are one byte long.
        doc-ref: https://www.iana.org/assignments/tcp-parameters TCP Option Kind Numbers
      - id: length
        type: u1
        if: kind > 1
        valid:
          min: 2
        doc: Bytes of the option, kind and length included.
      - id: value
        size: length - 2
        if: kind > 1
