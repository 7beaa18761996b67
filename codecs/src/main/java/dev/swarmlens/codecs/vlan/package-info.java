/** VLAN tags, IEEE 802.1Q. */
package dev.swarmlens.codecs.vlan;
