/** How a datagram travels: leg after leg, rewritten and tunnelled on its way, seen where somebody captures. */
package dev.swarmlens.samples.wire;
