/** BSD loopback encapsulation, LINKTYPE_NULL and LINKTYPE_LOOP. */
package dev.swarmlens.codecs.loopback;
