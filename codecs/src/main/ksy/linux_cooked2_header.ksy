meta:
  id: linux_cooked2_header
  title: Linux cooked capture header, version 2
  license: Apache-2.0
  endian: be
doc: |
  What libpcap puts in place of the link-layer header when it records on any interface at once, link type 276: version 1 and
  the interface. No such header was ever on a wire.
doc-ref: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html
seq:
  - id: type
    type: u2
    doc: EtherType of what is inside, if the device is one that carries EtherTypes.
  - id: reserved
    type: u2
    doc: Must be zero.
  - id: interface_index
    type: u4
    doc: The recording host's number of the interface.
  - id: arphrd_type
    type: u2
    doc: Kind of the device by Linux' ARPHRD numbers, 1 for Ethernet.
  - id: packet_type
    type: u1
    doc: 0 to the recording host, 1 broadcast, 2 multicast, 3 to another host, 4 sent by the recording host.
  - id: address_length
    type: u1
    doc: Bytes of the sender's link-layer address; more than 8 if the field that follows cut it.
  - id: address
    size: 8
    doc: Link-layer address of the sender, left-justified and padded.
