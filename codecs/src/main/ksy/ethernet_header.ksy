meta:
  id: ethernet_header
  title: Ethernet header
  license: Apache-2.0
  endian: be
doc: |
  The header of an Ethernet frame as a capture shows it: without preamble and without frame check sequence. Read it over the
  first 14 bytes of a frame; what follows belongs to the protocol that the type names.
doc-ref:
  - https://www.rfc-editor.org/rfc/rfc894 A Standard for the Transmission of IP Datagrams over Ethernet Networks
  - IEEE 802.3-2022 clause 3.2 Elements of the MAC frame and packet
seq:
  - id: destination
    size: 6
    doc: MAC address of the receiver.
    doc-ref: IEEE 802.3-2022 clause 3.2.4
  - id: source
    size: 6
    doc: MAC address of the sender.
    doc-ref: IEEE 802.3-2022 clause 3.2.5
  - id: type
    type: u2
    doc: An EtherType from 0x0600 on; up to 1500 the length of an IEEE 802.2 frame.
    doc-ref: IEEE 802.3-2022 clause 3.2.6
