package dev.swarmlens.analyzer.command;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;

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
        InetAddress address = InetAddress.getByName(args[0]);
        int port = Integer.parseInt(args[1]);
        int count = Integer.parseInt(args[2]);
        int rate = Integer.parseInt(args[3]);
        try (DatagramSocket socket = new DatagramSocket()) {
            DatagramPacket packet = new DatagramPacket(new byte[PAYLOAD], PAYLOAD, address, port);
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                while (System.nanoTime() - start < i * NANOS_PER_SECOND / rate) {
                    Thread.onSpinWait();
                }
                socket.send(packet);
            }
            System.out.printf("sent %d packets in %d ms%n", count, (System.nanoTime() - start) / 1_000_000);
        }
    }
}
