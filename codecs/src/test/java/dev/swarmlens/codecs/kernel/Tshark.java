package dev.swarmlens.codecs.kernel;

import dev.swarmlens.codecs.ChecksumStatus;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Wireshark's opinion of frames. */
final class Tshark {
    private static final List<String> CHECKSUM_STATUS = List.of(
            "ip.checksum.status",
            "udp.checksum.status",
            "tcp.checksum.status",
            "icmp.checksum.status",
            "icmpv6.checksum.status");

    private Tshark() {}

    /**
     * What it says of a frame.
     *
     * @param protocols all that it found, outermost first
     * @param malformed the mark of a frame that it could not dissect, or nothing
     * @param checksums the status of every checksum, by Wireshark's codes
     */
    record Opinion(String protocols, String malformed, List<Integer> checksums) {
        boolean isMalformed() {
            return !malformed.isEmpty();
        }

        boolean hasBadChecksum() {
            return checksums.contains(ChecksumStatus.BAD.code()) || checksums.contains(ChecksumStatus.ILLEGAL.code());
        }
    }

    /**
     * Asks it for an opinion of every frame of a capture.
     *
     * @throws IOException if there is no such program
     */
    static List<Opinion> opinions(Path capture, int vxlanPort) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of("-d", "udp.port==" + vxlanPort + ",vxlan"));
        for (String protocol : List.of("ip", "udp", "tcp")) {
            command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        command.addAll(List.of("-T", "fields", "-e", "frame.protocols", "-e", "_ws.malformed"));
        CHECKSUM_STATUS.forEach(field -> command.addAll(List.of("-e", field)));
        Process tshark =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String output = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tshark.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return output.lines().map(Tshark::opinion).toList();
    }

    private static Opinion opinion(String line) {
        String[] columns = line.split("\t", -1);
        List<Integer> checksums = Arrays.stream(columns)
                .skip(2)
                .flatMap(column -> Arrays.stream(column.split(",")))
                .filter(status -> !status.isEmpty())
                .map(Integer::valueOf)
                .toList();
        return new Opinion(columns[0], columns[1], checksums);
    }
}
