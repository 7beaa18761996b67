package dev.swarmlens.analyzer.command;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A program that sends UDP packets at a rate: the kernel does with them what it does with any program's. */
public final class UdpBurst {
    private static final int PAYLOAD = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private UdpBurst() {}

    /**
     * Sends.
     *
     * @param args to which address, to which port, how many, and how many a second
     */
    public static void main(String[] args) throws Exception {
        InetSocketAddress address = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        int count = Integer.parseInt(args[2]);
        int rate = Integer.parseInt(args[3]);
        try (DatagramChannel channel = DatagramChannel.open().connect(address)) {
            ByteBuffer packet = ByteBuffer.allocateDirect(PAYLOAD);
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                while (System.nanoTime() - start < i * NANOS_PER_SECOND / rate) {
                    Thread.onSpinWait();
                }
                channel.write(packet.rewind());
            }
            System.out.printf("sent %d packets in %d ms%n", count, (System.nanoTime() - start) / 1_000_000);
        }
    }
}
