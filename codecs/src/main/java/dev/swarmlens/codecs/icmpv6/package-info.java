/** Internet Control Message Protocol for IPv6, RFC 4443, and neighbour discovery, RFC 4861. */
package dev.swarmlens.codecs.icmpv6;
