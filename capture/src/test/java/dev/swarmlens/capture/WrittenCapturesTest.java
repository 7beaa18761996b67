package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write, in Wireshark's eyes: it reads every file without a word, and sees what was written. */
class WrittenCapturesTest {
    private static final long TIME = 1_700_000_000_123_456_789L;

    /** An ARP request of 42 bytes. */
    private static final byte[] ARP = new Octets(java.nio.ByteOrder.BIG_ENDIAN)
            .u16(0xffff)
            .u32(0xffffffffL)
            .u32(0x0242ac11)
            .u16(2)
            .u16(0x0806)
            .u16(1)
            .u16(0x0800)
            .u8(6)
            .u8(4)
            .u16(1)
            .u32(0x0242ac11)
            .u16(2)
            .u32(0xac110002L)
            .u16(0)
            .u32(0)
            .u32(0xac110003L)
            .bytes();

    @TempDir
    Path folder;

    private static Frame arp(long time) {
        Frame frame = new Frame();
        frame.set(ARP, 0, ARP.length, ARP.length, LinkType.ETHERNET);
        frame.setTime(time);
        return frame;
    }

    private static List<String> tshark(Path file, String... fields) throws IOException, InterruptedException {
        String[] command = new String[fields.length * 2 + 6];
        System.arraycopy(new String[] {"tshark", "-n", "-r", file.toString(), "-T", "fields"}, 0, command, 0, 6);
        for (int i = 0; i < fields.length; i++) {
            command[6 + 2 * i] = "-e";
            command[7 + 2 * i] = fields[i];
        }
        return silent(Programs.run(command));
    }

    private static List<String> silent(Programs.Outcome outcome) {
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.exit()).isZero();
        return outcome.lines();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.pcap",
                "a.pcap.gz",
                "a.pcap.zst",
                "a.pcap.lz4",
                "a.pcapng",
                "a.pcapng.gz",
                "a.pcapng.zst",
                "a.pcapng.lz4"
            })
    void isReadByWireshark(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        int packets = 1000;
        try (CaptureWriter writer = CaptureOutput.to(file).open()) {
            int eth0 = writer.add(CaptureInterface.of(LinkType.ETHERNET).build());
            for (int i = 0; i < packets; i++) {
                writer.write(eth0, arp(TIME + i));
            }
            assertThat(writer.packets()).isEqualTo(packets);
        }

        List<String> lines = tshark(file, "frame.time_epoch", "arp.src.proto_ipv4");

        assertThat(lines).hasSize(packets);
        String digits = name.contains(".pcapng") ? "456789" : "456000";
        assertThat(lines.get(0)).isEqualTo("1700000000.123" + digits + "\t172.17.0.2");
        assertThat(silent(Programs.run("capinfos", "-c", "-M", file.toString())))
                .contains("Number of packets:   " + packets);
    }

    @ParameterizedTest
    @CsvSource({"a.pcapng.xz, xz", "a.pcap.bz2, bzip2", "a.pcap.gz, gzip", "a.pcap.zst, zstd", "a.pcap.lz4, lz4"})
    void isUnpackedByTheirOwnPrograms(String name, String program) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        try (CaptureWriter writer = CaptureOutput.to(file).open()) {
            writer.write(writer.add(CaptureInterface.of(LinkType.ETHERNET).build()), arp(TIME));
        }
        silent(Programs.run(program, "-t", "-q", file.toString()));
    }

    @Test
    void nanosecondsOfPcap() throws IOException, InterruptedException {
        Path file = folder.resolve("a.pcap");
        try (CaptureWriter writer =
                CaptureOutput.to(file).format(OutputFormat.PCAP_NANOSECONDS).open()) {
            writer.write(
                    writer.add(CaptureInterface.of(LinkType.ETHERNET)
                            .snapLength(96)
                            .build()),
                    arp(TIME));
        }
        assertThat(tshark(file, "frame.time_epoch")).containsExactly("1700000000.123456789");
        assertThat(silent(Programs.run("capinfos", "-t", "-l", file.toString())))
                .contains("File type:           Wireshark/tcpdump/... - nanosecond pcap")
                .contains("Packet size limit:   file hdr: 96 bytes");
    }

    @Test
    void interfacesOfPcapng() throws IOException, InterruptedException {
        Path file = folder.resolve("a.pcapng");
        try (CaptureWriter writer = CaptureOutput.to(file)
                .application("swarmlens")
                .hardware("a virtual machine")
                .operatingSystem("Linux 6.1")
                .comment("the first comment")
                .comment("the zweite, in UTF-8: übergroß")
                .open()) {
            int eth1 = writer.add(CaptureInterface.of(LinkType.ETHERNET)
                    .name("eth1")
                    .description("underlay")
                    .snapLength(262_144)
                    .filter("udp port 4789")
                    .hardware("virtio")
                    .operatingSystem("Linux 6.1")
                    .fcsLength(OptionalInt.of(4))
                    .comments(List.of("an interface's comment"))
                    .build());
            int any = writer.add(
                    CaptureInterface.of(LinkType.LINUX_SLL).name("any").build());
            writer.write(eth1, arp(TIME));
            writer.write(any, arp(TIME + 1));
            writer.count(
                    eth1,
                    InterfaceStatistics.NONE
                            .withTimes(TIME - 5, TIME + 5)
                            .withReceived(9)
                            .withDropped(7));
        }

        assertThat(tshark(
                        file,
                        "frame.interface_id",
                        "frame.interface_name",
                        "frame.interface_description",
                        "frame.encap_type"))
                .containsExactly("0\teth1\tunderlay\t1", "1\tany\t\t25");
        assertThat(silent(Programs.run("capinfos", "-M", file.toString())).stream()
                        .map(String::strip))
                .contains(
                        "Capture hardware:    a virtual machine",
                        "Capture oper-sys:    Linux 6.1",
                        "Capture application: swarmlens",
                        "Capture comment:     the first comment",
                        "Capture comment:     the zweite, in UTF-8: übergroß",
                        "Name = eth1",
                        "Description = underlay",
                        "Encapsulation = Ethernet (1 - ether)",
                        "Capture length = 262144",
                        "FCS length = 4",
                        "Time precision = nanoseconds (9)",
                        "Time ticks per second = 1000000000",
                        "Time resolution = 0x09",
                        "Filter string = udp port 4789",
                        "Operating system = Linux 6.1",
                        "Hardware = virtio",
                        "Comment = an interface's comment",
                        "Number of stat entries = 1",
                        "Name = any",
                        "Encapsulation = Linux cooked-mode capture v1 (25 - linux-sll)");
    }

    @Test
    void whatIsSaidOfAPacket() throws IOException, InterruptedException {
        Path file = folder.resolve("a.pcapng");
        try (CaptureWriter writer = CaptureOutput.to(file).open()) {
            int eth0 = writer.add(CaptureInterface.of(LinkType.ETHERNET).build());
            PacketOptions options = new PacketOptions(
                    List.of("one", "another"),
                    OptionalInt.of(2),
                    OptionalLong.of(17),
                    OptionalLong.of(0x1234_5678_9abc_def0L),
                    OptionalLong.of(3),
                    List.of(),
                    List.of());
            writer.write(eth0, arp(TIME), options);
        }
        assertThat(tshark(
                        file,
                        "frame.comment",
                        "frame.packet_flags_direction",
                        "frame.drop_count",
                        "frame.packet_id",
                        "frame.interface_queue"))
                .containsExactly("one,another\t0x00000002\t17\t1311768467463790320\t3");
    }

    @Test
    void withoutPackets() throws IOException, InterruptedException {
        for (String name : List.of("a.pcap", "a.pcapng")) {
            Path file = folder.resolve(name);
            CaptureOutput.to(file).open().close();
            assertThat(tshark(file, "frame.number")).isEmpty();
            assertThat(silent(Programs.run("capinfos", "-c", file.toString()))).contains("Number of packets:   0");
        }
    }
}
