/** Linux cooked captures, LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2, as {@code tcpdump -i any} records them. */
package dev.swarmlens.codecs.linuxcooked;
