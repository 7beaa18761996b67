/** Virtual eXtensible Local Area Network, RFC 7348. */
package dev.swarmlens.codecs.vxlan;
