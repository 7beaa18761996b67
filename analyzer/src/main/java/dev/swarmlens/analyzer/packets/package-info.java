/** Packets one by one, as lines, trees, bytes and columns of fields. */
package dev.swarmlens.analyzer.packets;
