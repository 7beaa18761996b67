/** Cisco's Inter-Switch Link, the trunks of switches before IEEE 802.1Q. */
package dev.swarmlens.codecs.isl;
