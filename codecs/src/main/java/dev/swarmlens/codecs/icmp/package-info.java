/** Internet Control Message Protocol, RFC 792. */
package dev.swarmlens.codecs.icmp;
