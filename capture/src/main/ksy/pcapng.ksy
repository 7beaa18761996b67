meta:
  id: pcapng
  title: PCAP Next Generation capture file
  file-extension:
    - pcapng
    - ntar
  license: Apache-2.0
  xref:
    mime: application/x-pcapng
    wikidata: Q26206117
doc: |
  Packets of several interfaces, and what there is to say about them, in blocks. A section begins with a section header, whose
  magic number tells the byte order of all that follows up to the next one.
doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng General File Structure, section 3
seq:
  - id: sections
    type: section
    repeat: eos
types:
  section:
    doc: A section header block, and the blocks up to the next one.
    doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Section Header Block, section 4.1
    seq:
      - id: header
        type: block(magic == 0x1a2b3c4d)
      - id: blocks
        type: block(magic == 0x1a2b3c4d)
        repeat: until
        repeat-until: _.is_last
        if: not header.is_last
    instances:
      magic:
        pos: _io.pos + 8
        type: u4be
        doc: Where the section begins, read before anything else of it.
  block:
    doc: |
      What every block has. Some programs do not count the padding in the length; it is there all the same.
    doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng General Block Structure, section 3.1
    params:
      - id: is_big_endian
        type: bool
    meta:
      endian:
        switch-on: is_big_endian
        cases:
          true: be
          false: le
    seq:
      - id: type
        type: u4
        enum: block_type
      - id: total_length
        type: u4
        valid:
          min: 12
      - id: body
        size: (total_length + 3) / 4 * 4 - 12
        type:
          switch-on: type
          cases:
            'block_type::section_header': section_header
            'block_type::interface_description': interface_description
            'block_type::packet': packet
            'block_type::simple_packet': simple_packet
            'block_type::name_resolution': name_resolution
            'block_type::interface_statistics': interface_statistics
            'block_type::enhanced_packet': enhanced_packet
            'block_type::systemd_journal': systemd_journal
            'block_type::decryption_secrets': decryption_secrets
            'block_type::custom': custom
            'block_type::custom_not_copied': custom
      - id: total_length_again
        type: u4
        valid: total_length
    instances:
      is_last:
        value: _io.eof or next_type == 0x0a0d0d0a
        doc: Whether the next block, if there is one, begins another section.
      next_type:
        pos: _io.pos
        type: u4be
    types:
      section_header:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Section Header Block, section 4.1
        seq:
          - id: byte_order_magic
            type: u4
            valid: 0x1a2b3c4d
          - id: major_version
            type: u2
          - id: minor_version
            type: u2
          - id: section_length
            type: s8
            doc: Length of the blocks of the section, in bytes; -1 if unknown.
          - id: options
            type: options
      interface_description:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Interface Description Block, section 4.2
        seq:
          - id: link_type
            type: u2
            doc-ref: https://www.tcpdump.org/linktypes.html
          - id: reserved
            type: u2
          - id: snap_length
            type: u4
            doc: Most bytes that are kept of a packet; 0 if all are.
          - id: options
            type: options
      enhanced_packet:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Enhanced Packet Block, section 4.3
        seq:
          - id: interface_id
            type: u4
          - id: timestamp_high
            type: u4
          - id: timestamp_low
            type: u4
          - id: captured_length
            type: u4
          - id: original_length
            type: u4
          - id: data
            size: captured_length
          - id: padding
            size: -captured_length % 4
          - id: options
            type: options
      simple_packet:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Simple Packet Block, section 4.4
        seq:
          - id: original_length
            type: u4
          - id: data
            size-eos: true
            doc: As many bytes as the packet and the interface's snap length have, and padding.
      packet:
        doc: The form of a packet that is obsolete.
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Packet Block, appendix A
        seq:
          - id: interface_id
            type: u2
          - id: drops_count
            type: u2
            doc: Packets lost since the one before; 0xffff if unknown.
          - id: timestamp_high
            type: u4
          - id: timestamp_low
            type: u4
          - id: captured_length
            type: u4
          - id: original_length
            type: u4
          - id: data
            size: captured_length
          - id: padding
            size: -captured_length % 4
          - id: options
            type: options
      name_resolution:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Name Resolution Block, section 4.5
        seq:
          - id: records
            type: name_record
            repeat: until
            repeat-until: _.type == 0 or _io.eof
            if: not _io.eof
          - id: options
            type: options
      name_record:
        seq:
          - id: type
            type: u2
            doc: 0 ends the list; 1 IPv4, 2 IPv6, 3 EUI-48, 4 EUI-64.
          - id: length
            type: u2
          - id: value
            size: length
            doc: The address, of 4, 16, 6 or 8 bytes, and its names, each ended by a zero.
          - id: padding
            size: -length % 4
      interface_statistics:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Interface Statistics Block, section 4.6
        seq:
          - id: interface_id
            type: u4
          - id: timestamp_high
            type: u4
          - id: timestamp_low
            type: u4
          - id: options
            type: options
      systemd_journal:
        doc-ref:
          - https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Systemd Journal Export Block, section 4.7
          - https://systemd.io/JOURNAL_EXPORT_FORMATS
        seq:
          - id: entry
            type: str
            encoding: UTF-8
            terminator: 0
            eos-error: false
      decryption_secrets:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Decryption Secrets Block, section 4.8
        seq:
          - id: secrets_type
            type: u4
          - id: secrets_length
            type: u4
          - id: secrets
            size: secrets_length
          - id: padding
            size: -secrets_length % 4
          - id: options
            type: options
      custom:
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Custom Block, section 4.9
        seq:
          - id: enterprise
            type: u4
            doc-ref: https://www.iana.org/assignments/enterprise-numbers Private Enterprise Numbers
          - id: data
            size-eos: true
            doc: Its owner's, options included.
      options:
        doc: Nothing, or options up to one with the code 0 or the end of the block.
        doc-ref: https://datatracker.ietf.org/doc/html/draft-ietf-opsawg-pcapng Options, section 3.5
        seq:
          - id: list
            type: option
            repeat: until
            repeat-until: _.code == 0 or _io.eof
            if: not _io.eof
      option:
        seq:
          - id: code
            type: u2
          - id: length
            type: u2
          - id: value
            size: length
          - id: padding
            size: -length % 4
enums:
  block_type:
    0x0a0d0d0a: section_header
    1: interface_description
    2: packet
    3: simple_packet
    4: name_resolution
    5: interface_statistics
    6: enhanced_packet
    9: systemd_journal
    10: decryption_secrets
    0x00000bad: custom
    0x40000bad: custom_not_copied
