meta:
  id: linux_cooked_header
  title: Linux cooked capture header, version 1
  license: Apache-2.0
  endian: be
doc: |
  What libpcap puts in place of the link-layer header when it records on any interface at once, link type 113. No such header
  was ever on a wire.
doc-ref: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html
seq:
  - id: packet_type
    type: u2
    doc: 0 to the recording host, 1 broadcast, 2 multicast, 3 to another host, 4 sent by the recording host.
  - id: arphrd_type
    type: u2
    doc: Kind of the device by Linux' ARPHRD numbers, 1 for Ethernet.
  - id: address_length
    type: u2
    doc: Bytes of the sender's link-layer address; more than 8 if the field that follows cut it.
  - id: address
    size: 8
    doc: Link-layer address of the sender, left-justified and padded.
  - id: type
    type: u2
    doc: EtherType of what is inside, if the device is one that carries EtherTypes.
