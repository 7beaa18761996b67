/** User Datagram Protocol, RFC 768. */
package dev.swarmlens.codecs.udp;
