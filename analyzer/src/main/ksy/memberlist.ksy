meta:
  id: memberlist
  title: memberlist gossip
  license: Apache-2.0
  endian: be
doc: |
  What members of a cluster send to each other, on UDP and in streams. This is the clear form: a type and what it says. Around it
  there may be encryption, of which the type "sealed" is what stands around it in a UDP packet and "stream" what does in a stream.
doc-ref: https://github.com/hashicorp/memberlist net.go, security.go, util.go
seq:
  - id: type
    type: u1
    enum: message_type
  - id: body
    size-eos: true
    type:
      switch-on: type
      cases:
        'message_type::compound': compound
        'message_type::has_crc': checked
types:
  sealed:
    doc: AES-GCM, without additional data in a packet, with the stream's first five bytes in a stream.
    seq:
      - id: version
        type: u1
        valid:
          max: 1
        doc: 0 pads the clear text to blocks of 16 bytes, each byte of the padding being its length; 1 does not.
      - id: nonce
        size: 12
      - id: ciphertext
        size-eos: true
        doc: And, at its end, the tag of 16 bytes.
  stream:
    doc: A message in a stream. That it is encrypted, and how long it is, stands in clear.
    seq:
      - id: type
        type: u1
        valid: 10
      - id: length
        type: u4
        valid:
          expr: _ <= _io.size - _io.pos
      - id: sealed
        size: length
  compound:
    doc: Several messages in a packet.
    seq:
      - id: count
        type: u1
      - id: lengths
        type: u2
        repeat: expr
        repeat-expr: count
      - id: messages
        size: lengths[_index]
        repeat: expr
        repeat-expr: count
  checked:
    seq:
      - id: crc
        type: u4
        doc: The CRC-32 of the message, as IEEE 802.3 computes it.
      - id: message
        size-eos: true
enums:
  message_type:
    0: ping
    1: indirect_ping
    2: acknowledgment
    3: suspect
    4: alive
    5: dead
    6: push_pull
    7: compound
    8: user
    9: compressed
    10: encrypted
    11: negative_acknowledgment
    12: has_crc
    13: error
    244: has_label
