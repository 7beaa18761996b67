package dev.swarmlens.codecs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Encoding;
import dev.swarmlens.codecs.Header;
import dev.swarmlens.codecs.LinkType;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.ParsedPacket;
import dev.swarmlens.codecs.ProtocolRegistry;
import java.util.List;
import java.util.function.Predicate;

/**
 * A frame that came back.
 *
 * @param packet what it says
 */
record Answer(Bytes frame, Packet packet) {

    /** Parses a whole frame, in which all lengths, codes and checksums must be those that we would compute. */
    static Answer of(Bytes frame, ProtocolRegistry registry) {
        ParsedPacket parsed = Packet.parse(frame.toArray(), LinkType.ETHERNET, registry);
        assertThat(parsed.problem()).as("problem in %s", frame.toHex()).isEmpty();
        assertThat(parsed.packet().encode(Encoding.COMPUTED, registry)).isEqualTo(frame);
        return new Answer(frame, parsed.packet());
    }

    /** The outermost header of a type. */
    <T extends Header> T outer(Class<T> type) {
        return all(type).get(0);
    }

    /** The innermost header of a type. */
    <T extends Header> T inner(Class<T> type) {
        List<T> all = all(type);
        return all.get(all.size() - 1);
    }

    /** Whether it ends with such a header. */
    <T extends Header> boolean endsWith(Class<T> type, Predicate<T> such) {
        Header last = packet.layers().get(packet.layers().size() - 1);
        return type.isInstance(last) && such.test(type.cast(last));
    }

    private <T extends Header> List<T> all(Class<T> type) {
        return packet.layers().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
