/** Logical link control, IEEE 802.2, and its Subnetwork Access Protocol, RFC 1042. */
package dev.swarmlens.codecs.llc;
