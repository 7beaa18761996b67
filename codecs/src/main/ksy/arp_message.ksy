meta:
  id: arp_message
  title: ARP message
  license: Apache-2.0
  endian: be
doc: |
  A message of the Address Resolution Protocol. Its addresses have the lengths that the message itself says: 6 and 4 for IPv4
  over Ethernet.
doc-ref: https://www.rfc-editor.org/rfc/rfc826 Packet format
seq:
  - id: hardware_type
    type: u2
    doc: Hardware address space (ar$hrd), 1 for Ethernet.
    doc-ref: https://www.iana.org/assignments/arp-parameters Hardware Types
  - id: protocol_type
    type: u2
    doc: Protocol address space (ar$pro), an EtherType, 0x0800 for IPv4.
  - id: hardware_length
    type: u1
    doc: Bytes of each hardware address (ar$hln).
  - id: protocol_length
    type: u1
    doc: Bytes of each protocol address (ar$pln).
  - id: operation
    type: u2
    doc: Opcode (ar$op), 1 for a request, 2 for a reply.
    doc-ref: https://www.iana.org/assignments/arp-parameters Operation Codes
  - id: sender
    type: party
  - id: target
    type: party
types:
  party:
    seq:
      - id: hardware
        size: _root.hardware_length
        doc: Hardware address (ar$sha, ar$tha); the target's is not set in a request.
      - id: protocol
        size: _root.protocol_length
        doc: Protocol address (ar$spa, ar$tpa).
