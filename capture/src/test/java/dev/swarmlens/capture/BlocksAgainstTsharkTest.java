package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.LinkType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The blocks of the public pcapng files, and what is in them, against tshark's dissection of the file itself. Those are
 * taken that have a type of block or option which none before them has, because tshark takes long to start.
 */
class BlocksAgainstTsharkTest {
    private static final String SEPARATOR = "\u0001";

    /** A field of tshark's, and under which name we have it. */
    private record Column(String field, String name, UnaryOperator<String> spelling) {
        Column(String field, String name) {
            this(field, name, UnaryOperator.identity());
        }
    }

    private static final String TYPE = "type";
    private static final String LENGTH = "length";

    private static final List<Column> COLUMNS = List.of(
            new Column("block.type", TYPE, code -> new BlockType((int) (long) Long.decode(code)).name()),
            new Column("block.length", LENGTH),
            new Column(
                    "interface_description.link_type",
                    "link type",
                    code -> new LinkType(Integer.decode(code)).toString()),
            new Column("interface_description.snap_length", "snap length"),
            new Column("options.option.data.comment", "opt_comment"),
            new Column("options.option.data.hardware", "shb_hardware"),
            new Column("options.option.data.os", "shb_os"),
            new Column("options.option.data.user_application", "shb_userappl"),
            new Column("options.option.data.interface.name", "if_name"),
            new Column("options.option.data.interface.description", "if_description"),
            new Column("options.option.data.interface.os", "if_os"),
            new Column("options.option.data.interface.hardware", "if_hardware"),
            new Column("options.option.data.interface.speed", "if_speed"),
            new Column(
                    "options.option.data.interface.timestamp_resolution",
                    "if_tsresol",
                    code -> Integer.decode(code).toString()),
            new Column("options.option.data.mac", "if_MACaddr"),
            new Column("options.option.data.interface.received", "isb_ifrecv"),
            new Column("options.option.data.interface.dropped", "isb_ifdrop"),
            new Column("options.option.data.interface.accepted_by_filter", "isb_filteraccept"),
            new Column("options.option.data.interface.dropped_by_os", "isb_osdrop"),
            new Column("options.option.data.interface.delivered_to_user", "isb_usrdeliv"),
            new Column("options.option.data.packet.drop_count", "epb_dropcount"),
            new Column(
                    "options.option.data.packet.id",
                    "epb_packetid",
                    code -> Long.toString(Long.parseUnsignedLong(code.substring(2), 16))),
            new Column("options.option.data.dns_name", "ns_dnsname"));

    /** Ends of files' names, and why tshark has something else there. */
    private static final Map<String, String> DEVIATIONS = Map.of(
            "test901.pcapng",
                    "sections of version 2.0, which ends reading, also tshark's, when it reads them for packets",
            "test202.pcapng", "tshark takes a simple packet block in the second section for malformed",
            "basic/test008.pcapng", "a MAC address of one byte, which tshark does not show",
            "test007.ntar", "a block whose length does not count its padding; ours does");

    @Test
    void blocksAreTsharks() throws IOException, InterruptedException {
        Map<String, List<String>> problems = new TreeMap<>();
        Set<String> known = new HashSet<>();
        int compared = 0;
        for (Path file : pcapngFiles()) {
            Map<String, List<String>> ours = ours(file);
            boolean isRefused = ours.isEmpty();
            if (isRefused || !known.addAll(shape(ours))) {
                continue;
            }
            compared++;
            List<String> differences = compare(ours, tsharks(file));
            boolean isExplained = DEVIATIONS.keySet().stream().anyMatch(file.toString()::endsWith);
            if (!isExplained && !differences.isEmpty()) {
                problems.put(file.toString(), differences);
            }
        }
        assertThat(problems).isEmpty();
        assertThat(compared).isGreaterThan(5);
    }

    private static Set<String> shape(Map<String, List<String>> values) {
        Set<String> shape = new TreeSet<>(values.keySet());
        shape.addAll(values.get(TYPE));
        return shape;
    }

    private static List<Path> pcapngFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(TestCaptures.folder("public"))) {
            for (Path file : all.filter(TestCaptures::isCapture).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] begin = in.readNBytes(4);
                    if (begin.length == 4 && PcapngReader.begins(begin)) {
                        files.add(file);
                    }
                }
            }
        }
        return files;
    }

    private static List<String> compare(Map<String, List<String>> ours, Map<String, List<String>> theirs) {
        List<String> differences = new ArrayList<>();
        for (Column column : COLUMNS) {
            List<String> here = ours.getOrDefault(column.name, List.of());
            List<String> there = theirs.getOrDefault(column.name, List.of());
            if (!here.equals(there)) {
                differences.add(column.name + ": we " + here + ", tshark " + there);
            }
        }
        return differences;
    }

    private static Map<String, List<String>> ours(Path file) throws IOException {
        Map<String, List<String>> values = new TreeMap<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            reader.describeTo(block -> {
                add(values, TYPE, block.name());
                add(values, LENGTH, Long.toString(block.length()));
                block.contents().forEach(entry -> add(values, entry.name(), entry.value()));
            });
            Frame frame = new Frame();
            while (reader.next(frame)) {
                assertThat(frame.number()).isPositive();
            }
        } catch (NotACaptureException refused) {
            // which ones these are is PublicCapturesTest's to say
        }
        return values;
    }

    private static void add(Map<String, List<String>> values, String name, String value) {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private static Map<String, List<String>> tsharks(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-r",
                file.toString(),
                "-X",
                "read_format:MIME Files Format",
                "-T",
                "fields",
                "-E",
                "aggregator=" + SEPARATOR));
        COLUMNS.forEach(column -> command.addAll(List.of("-e", "pcapng." + column.field)));
        Programs.Outcome outcome = Programs.run(command.toArray(String[]::new));
        Map<String, List<String>> values = new TreeMap<>();
        String[] row = String.join("\n", outcome.lines()).split("\t", -1);
        for (int i = 0; i < Math.min(row.length, COLUMNS.size()); i++) {
            Column column = COLUMNS.get(i);
            if (!row[i].isEmpty()) {
                values.put(
                        column.name,
                        Arrays.stream(row[i].split(SEPARATOR, -1))
                                .map(BlocksAgainstTsharkTest::unescaped)
                                .map(column.spelling)
                                .toList());
            }
        }
        return values;
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t");
    }
}
