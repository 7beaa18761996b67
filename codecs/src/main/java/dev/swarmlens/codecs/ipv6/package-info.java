/** Internet Protocol version 6, RFC 8200. */
package dev.swarmlens.codecs.ipv6;
