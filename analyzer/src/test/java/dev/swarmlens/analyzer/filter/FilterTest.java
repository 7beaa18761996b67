package dev.swarmlens.analyzer.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.swarmlens.analyzer.command.Invocation;
import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.swarm.RecordedSwarm;
import dev.swarmlens.capture.CaptureReader;
import dev.swarmlens.capture.Frame;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What filters promise whatever their text is, and where they point when it makes no sense. */
class FilterTest {
    private static final ProtocolRegistry REGISTRY = ProtocolRegistry.standard();
    private static final FieldCatalog CATALOG = new FieldCatalog(REGISTRY);
    private static final int FRAMES = 150;

    /** What filters are made of, so that arbitrary ones get beyond the first word. */
    private static final List<String> PIECES = List.of(
            "ip.addr",
            "tcp.flags",
            "tcp.flags.syn",
            "eth.src",
            "tcp",
            "frame",
            "inner.ip.src",
            "outer.vni",
            "vtep",
            "ipv6.dst",
            "frame.time_delta",
            "==",
            "!=",
            "<",
            ">=",
            "in",
            "not",
            "and",
            "or",
            "!",
            "&",
            "&&",
            "||",
            "(",
            ")",
            "{",
            "}",
            ",",
            "..",
            "contains",
            "matches",
            "10.0.9.4",
            "10.0.0.0/8",
            "0x10",
            "80",
            "-1",
            "1.5",
            "fe80::1/64",
            "02:42:0a:00:09:04",
            "\"GET\"",
            "\"[a-z]+\"",
            "\"(\"",
            "\"",
            "true",
            "===",
            "~");

    /** Conditions of all kinds, of which some hold for a packet and some do not. */
    private static final List<String> CONDITIONS = List.of(
            "tcp",
            "udp",
            "vni",
            "inner.tcp",
            "outer.udp",
            "ip.ttl == 64",
            "ip.ttl != 64",
            "ip.ttl < 64",
            "tcp.flags.syn",
            "tcp.flags & 0x12 == 0x10",
            "ip.addr in {10.0.0.0/24, 192.168.56.102}",
            "ip.src > 10.0.0.5",
            "eth.src contains 02:42",
            "frame contains \"GET\"",
            "tcp matches \"http\"",
            "frame.number in {1..40}",
            "vtep.src == 192.168.56.103",
            "ip.src == vtep.src",
            "frame.time_delta > 0.01");

    @Property(tries = 2000)
    void arbitraryTextIsAFilterOrAnErrorInsideOfIt(@ForAll String text) {
        assertFilterOrError(text);
    }

    @Property(tries = 4000)
    void arbitraryPiecesAreAFilterOrAnErrorInsideOfThem(@ForAll("pieces") String text) {
        assertFilterOrError(text);
    }

    @Test
    void deepNestingIsAnErrorAndNoEndOfTheStack() {
        assertFilterOrError("(".repeat(100_000));
        assertFilterOrError("!".repeat(100_001) + "tcp");
        assertFilterOrError("tcp" + " and tcp".repeat(100_000));
        assertFilterOrError("tcp matches \"" + "(".repeat(2_000) + ")".repeat(2_000) + "\"");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(PIECES).list().ofMaxSize(9).map(pieces -> String.join(" ", pieces));
    }

    private static void assertFilterOrError(String text) {
        try {
            assertThat(frames(text)).hasSize(FRAMES);
        } catch (FilterException wrong) {
            assertThat(wrong.column()).isBetween(1, text.length() + 1);
            assertThat(wrong.getMessage()).isNotBlank();
            List<String> pointer = wrong.pointer().lines().toList();
            assertThat(pointer.get(pointer.size() - 1).strip()).matches("\\^+");
            assertThat(pointer.get(pointer.size() - 1).indexOf('^')).isEqualTo(wrong.column() - 1);
        }
    }

    @Property(tries = 100)
    void notNotIsNothing(@ForAll("filters") String one) throws FilterException {
        assertThat(frames("not (not (" + one + "))")).isEqualTo(frames(one));
        assertThat(frames("!!(" + one + ")")).isEqualTo(frames(one));
    }

    @Property(tries = 100)
    void deMorgan(@ForAll("filters") String one, @ForAll("filters") String other) throws FilterException {
        assertThat(frames("not ((" + one + ") and (" + other + "))"))
                .isEqualTo(frames("not (" + one + ") or not (" + other + ")"));
        assertThat(frames("!((" + one + ") || (" + other + "))"))
                .isEqualTo(frames("!(" + one + ") && !(" + other + ")"));
    }

    @Property(tries = 100)
    void andBindsTighterThanOr(
            @ForAll("conditions") String one, @ForAll("conditions") String two, @ForAll("conditions") String three)
            throws FilterException {
        assertThat(frames(one + " or " + two + " and " + three))
                .isEqualTo(frames(one + " or (" + two + " and " + three + ")"));
        assertThat(frames("not " + one + " and " + two)).isEqualTo(frames("(not (" + one + ")) and (" + two + ")"));
    }

    @Provide
    Arbitrary<String> conditions() {
        return Arbitraries.of(CONDITIONS);
    }

    @Provide
    Arbitrary<String> filters() {
        return Arbitraries.lazyOf(
                this::conditions,
                this::conditions,
                () -> Combinators.combine(filters(), Arbitraries.of(" and ", " or ", " && ", " || "), filters())
                        .as((one, operator, other) -> "(" + one + operator + other + ")"),
                () -> filters().map(filter -> "not (" + filter + ")"));
    }

    /** Packets of all kinds: overlay traffic, ARP, gossip. */
    private static final List<Predicate<Filter>> PACKETS = packets();

    private static List<Predicate<Filter>> packets() {
        List<Predicate<Filter>> packets = new ArrayList<>();
        try (CaptureReader reader =
                CaptureReader.open(RecordedSwarm.sample().underlayCaptures().get("swarm-worker1"))) {
            Frame read = new Frame();
            long time = 0;
            while (packets.size() < FRAMES && reader.next(read)) {
                // the capture begins with minutes of gossip
                if (read.number() % 20 != 0) {
                    continue;
                }
                Frame frame = new Frame();
                byte[] bytes = java.util.Arrays.copyOfRange(read.bytes(), read.start(), read.end());
                frame.set(bytes, 0, bytes.length, read.wireLength(), read.linkType());
                frame.setTime(time += read.number() * 100_000);
                frame.setPlace(packets.size() + 1, read.offset());
                PacketView packet = new PacketView(REGISTRY);
                packet.beginFile("", reader);
                packet.look(frame);
                packets.add(filter -> filter.matches(packet));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packets;
    }

    private static List<Boolean> frames(String text) throws FilterException {
        Filter filter = Filter.compile(text, CATALOG);
        return PACKETS.stream().map(packet -> packet.test(filter)).toList();
    }

    @Test
    void numbersAreComparedWithoutAllocating() throws FilterException {
        List<Filter> filters = new ArrayList<>();
        for (String text : CONDITIONS) {
            if (!text.contains("matches")) {
                filters.add(Filter.compile(text, CATALOG));
            }
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long matching = 0;
        // the JVM itself allocates while it makes code of this
        for (int round = 0; round < 200 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int packet = 0; packet < PACKETS.size(); packet++) {
                for (int filter = 0; filter < filters.size(); filter++) {
                    matching += PACKETS.get(packet).test(filters.get(filter)) ? 1 : 0;
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(matching).isPositive();
        assertThat(least).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "ip.adr == 10.0.9.4            | 1  | unknown field ip.adr; did you mean ip.addr?",
                "tcp and inner.ip.scr == 1     | 9  | unknown field inner.ip.scr; did you mean inner.ip.src?",
                "tcp.seq > 3                   | 1  | unknown field tcp.seq; did you mean tcp.seq_raw?",
                "http.request                  | 1  | unknown field http.request; --list-fields lists them",
                "inner.frame.len > 3           | 1  | unknown field inner.frame.len; --list-fields lists them",
                "ip.addr == 10.0.9.4.5         | 12 | 10.0.9.4.5 is not an IPv4 address or network, such as 10.0.9.4 or 10.0.9.0/24",
                "ip.addr == 10.0.9.0/33        | 12 | 10.0.9.0/33 is not an IPv4 address or network, such as 10.0.9.4 or 10.0.9.0/24",
                "ip.ttl == 10.0.9.4            | 11 | 10.0.9.4 is not a number",
                "ip.ttl == 99999999999999999999 | 11 | 99999999999999999999 is not a number",
                "tcp.flags.syn == maybe        | 18 | maybe is neither 1 or true nor 0 or false",
                "eth.src == 02:42              | 12 | 02:42 is not a MAC address, such as 02:42:0a:00:09:04",
                "(ip.ttl > 3                   | 1  | this parenthesis is never closed",
                "ip.ttl > 3)                   | 11 | this parenthesis was never opened",
                "ip.ttl > 3 tcp                | 12 | tcp cannot follow here; an operator such as and or or is missing",
                "ip.ttl = 3                    | 8  | = does not compare; write ==",
                "ip.ttl >                      | 9  | the filter ends where a value should follow",
                "tcp and                       | 8  | the filter ends where a field should follow",
                "10.0.9.4 == ip.addr           | 1  | a field should stand here, such as ip.addr, not 10.0.9.4",
                "tcp == 5                      | 5  | tcp is a protocol; it can stand alone, or before contains or matches",
                "ip.ttl contains 5             | 8  | contains looks into protocols, text and MAC addresses, but ip.ttl is a number",
                "tcp matches \"([a\"           | 13 | the regular expression is wrong: missing closing ]",
                "ip.ttl in 3                   | 11 | a set should stand here, such as {80, 443, 8000..8080}",
                "ip.ttl in {3                  | 11 | this brace is never closed",
                "ip.src == ipv6.src            | 11 | ip.src is an IPv4 address, but ipv6.src is an IPv6 address",
                "tcp contains \"GET            | 14 | the quotes are not closed",
                "ip.src[0:2] == 10:00          | 7  | slices such as [0:2] are not supported; write field & mask",
            })
    void errorsSayWhatAndWhere(String filter, int column, String message) {
        FilterException wrong = catchThrowableOfType(FilterException.class, () -> Filter.compile(filter, CATALOG));

        assertThat(wrong).hasMessage(message);
        assertThat(wrong.column()).isEqualTo(column);
    }

    @Test
    void theCommandPointsAtTheColumn() {
        Invocation answer = Invocation.of("packets", "-Y", "ip.adr == 1", "any.pcap");

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualTo("""
                        swarmlens: the filter, column 1: unknown field ip.adr; did you mean ip.addr?
                          ip.adr == 1
                          ^^^^^^
                        """);
    }

    /** The report of what matches is the report of a capture that holds nothing else. */
    @Test
    void whatMatchesIsAnalyzed() {
        String capture =
                RecordedSwarm.sample().underlayCaptures().get("swarm-worker1").toString();
        long packets = Invocation.of("packets", "-Y", "vni == 4097", capture)
                .out()
                .lines()
                .count();

        Invocation answer = Invocation.of("analyze", "-T", "json", "-Y", "vni == 4097", capture);

        assertThat(answer.exit()).isZero();
        assertThat(answer.json().at("/captures/0/packets").asLong())
                .isEqualTo(packets)
                .isPositive();
        assertThat(answer.json().at("/networks")).hasSize(1);
        assertThat(answer.json().at("/networks/0/vni").asInt()).isEqualTo(4097);
    }
}
