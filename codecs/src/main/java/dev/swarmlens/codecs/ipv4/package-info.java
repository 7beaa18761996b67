/** Internet Protocol version 4, RFC 791. */
package dev.swarmlens.codecs.ipv4;
