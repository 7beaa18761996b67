package dev.swarmlens.analyzer.filter;

import dev.swarmlens.analyzer.swarm.Tshark;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CaptureOutput;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.CaptureWriter;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.capture.NotACaptureException;
import dev.swarmlens.capture.PacketOptions;
import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Many small captures as one, so that tshark is started once and not a thousand times. */
final class Frames {
    private Frames() {}

    /** Writes the frames of captures one after the other, as far as the captures can be read. */
    static void append(List<Path> captures, int most, Path target) throws IOException {
        Map<LinkType, Integer> interfaces = new HashMap<>();
        try (CaptureWriter writer = CaptureOutput.to(target).open()) {
            Frame frame = new Frame();
            for (Path capture : captures) {
                try (CaptureReader reader = CaptureReader.open(capture)) {
                    while (writer.packets() < most && reader.next(frame)) {
                        Integer number = interfaces.get(frame.linkType());
                        if (number == null) {
                            number = writer.add(
                                    CaptureInterface.of(frame.linkType()).build());
                            interfaces.put(frame.linkType(), number);
                        }
                        frame.setTime(1_600_000_000_000_000_000L + 1_000_000L * writer.packets());
                        writer.write(number, frame, PacketOptions.NONE);
                    }
                } catch (NotACaptureException refused) {
                    // told by the tests of the readers
                }
            }
        }
    }

    /** The frames in which tshark sees headers behind others that we do not know, or that are broken. */
    static Set<Long> outOfScope(Path capture, List<String> preferences) throws IOException {
        Set<Long> numbers = new TreeSet<>();
        for (List<String> row : Tshark.rows(
                capture, List.of("frame.number", "frame.protocols", "_ws.malformed", "ip.version"), preferences)) {
            List<String> names = List.of(row.get(1).split(":", -1));
            int known = 0;
            while (known < names.size() && Tshark.DISSECTED.contains(names.get(known))) {
                known++;
            }
            boolean back = names.subList(known, names.size()).stream().anyMatch(Tshark.DISSECTED::contains);
            // tshark shows both, where an EtherType says IPv4 and the version IPv6
            boolean otherVersion = row.get(1).contains("ip:ipv6") && row.get(3).startsWith("6");
            if (back || known == 0 || otherVersion || !row.get(2).isEmpty()) {
                numbers.add(Long.valueOf(row.get(0)));
            }
        }
        return numbers;
    }
}
