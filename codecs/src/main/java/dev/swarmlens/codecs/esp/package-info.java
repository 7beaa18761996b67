/** Encapsulating Security Payload, RFC 4303. */
package dev.swarmlens.codecs.esp;
