meta:
  id: loopback_header
  title: BSD loopback header
  license: Apache-2.0
  endian: be
doc: |
  What BSD puts in place of a link-layer header on its loopback interface. The family is in the byte order of the recording machine
  (link type 0) or in network byte order (link type 108); since it is a small number, its bytes tell which.
doc-ref:
  - https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html
  - https://www.tcpdump.org/linktypes/LINKTYPE_LOOP.html
seq:
  - id: word
    type: u4
    doc: The four bytes in network byte order.
instances:
  swapped:
    pos: 0
    type: u4le
    doc: The four bytes in the other order.
  family:
    value: 'word <= 0xffff ? word : swapped'
    doc: Address family, 2 for IPv4; 10, 24, 28 and 30 for IPv6 on different systems.
