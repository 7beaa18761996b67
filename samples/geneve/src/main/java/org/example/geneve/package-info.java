/** Generic Network Virtualization Encapsulation, RFC 8926: how a third party adds a protocol to swarmlens. */
package org.example.geneve;
