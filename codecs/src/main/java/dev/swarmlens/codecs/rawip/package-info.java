/** Frames that begin with an IP header, LINKTYPE_RAW. */
package dev.swarmlens.codecs.rawip;
