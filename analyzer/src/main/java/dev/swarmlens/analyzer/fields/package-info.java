/** A dissected packet and its fields by Wireshark's names, to be printed and to be filtered by. */
package dev.swarmlens.analyzer.fields;
