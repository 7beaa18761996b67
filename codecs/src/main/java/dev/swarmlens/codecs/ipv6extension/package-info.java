/** IPv6 extension headers: hop-by-hop options, routing, fragment, destination options, RFC 8200 section 4. */
package dev.swarmlens.codecs.ipv6extension;
