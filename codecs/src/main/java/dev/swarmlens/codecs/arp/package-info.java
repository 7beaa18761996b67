/** Address Resolution Protocol, RFC 826. */
package dev.swarmlens.codecs.arp;
