/** Ethernet II, IEEE 802.3. */
package dev.swarmlens.codecs.ethernet;
