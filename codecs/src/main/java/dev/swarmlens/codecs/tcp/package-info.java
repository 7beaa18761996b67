/** Transmission Control Protocol, RFC 9293. */
package dev.swarmlens.codecs.tcp;
