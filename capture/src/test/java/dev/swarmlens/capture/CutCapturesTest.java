package dev.swarmlens.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A capture cut anywhere gives the frames before the cut, and the offset of what the cut went through. */
class CutCapturesTest {
    /** Where the parts of a file begin and which of them are packets; the first is the header that opening needs. */
    private static final class Parts {
        private final Octets file;
        private final List<Integer> ends = new ArrayList<>();
        private final List<Boolean> packets = new ArrayList<>();

        Parts(Octets file) {
            this.file = file;
        }

        void end(boolean packet) {
            ends.add(file.size());
            packets.add(packet);
        }

        void checkAllCuts() throws IOException {
            byte[] whole = file.bytes();
            for (int cut = 0; cut <= whole.length; cut++) {
                byte[] left = Arrays.copyOf(whole, cut);
                if (cut < ends.get(0)) {
                    assertThatThrownBy(() -> CaptureReader.open(new ByteArrayInputStream(left), "cut"))
                            .isInstanceOf(NotACaptureException.class);
                } else {
                    check(left);
                }
            }
        }

        private void check(byte[] left) throws IOException {
            int parts = 0;
            int frames = 0;
            while (parts < ends.size() && ends.get(parts) <= left.length) {
                frames += packets.get(parts) ? 1 : 0;
                parts++;
            }
            int lastEnd = ends.get(parts - 1);
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(left), "cut")) {
                Frame frame = new Frame();
                int read = 0;
                while (reader.next(frame)) {
                    read++;
                }
                assertThat(read).as("frames of %d bytes", left.length).isEqualTo(frames);
                assertThat(frame.number()).isEqualTo(frames);
                if (lastEnd == left.length) {
                    assertThat(reader.damage()).as("cut at %d", left.length).isEmpty();
                } else {
                    Damage damage = reader.damage().orElseThrow();
                    assertThat(damage.offset()).as("cut at %d", left.length).isEqualTo(lastEnd);
                    assertThat(damage.message())
                            .contains("at offset " + lastEnd + " needs ")
                            .containsPattern(", " + (left.length - lastEnd) + " (is|are) left$");
                }
            }
        }
    }

    @Property(tries = 100)
    void pcap(
            @ForAll boolean big,
            @ForAll boolean modified,
            @ForAll @Size(max = 4) List<@IntRange(max = 40) Integer> lengths)
            throws IOException {
        Octets file = big ? Octets.big() : Octets.little();
        file.u32(modified ? 0xa1b2cd34L : 0xa1b2c3d4L)
                .u16(2)
                .u16(4)
                .u32(0)
                .u32(0)
                .u32(65535)
                .u32(1);
        Parts parts = new Parts(file);
        parts.end(false);
        for (int length : lengths) {
            file.u32(1).u32(2).u32(length).u32(100);
            if (modified) {
                file.u64(0);
            }
            file.counting(length);
            parts.end(true);
        }
        parts.checkAllCuts();
    }

    @Property(tries = 100)
    void pcapng(@ForAll boolean big, @ForAll @Size(max = 6) List<@IntRange(max = 160) Integer> blocks)
            throws IOException {
        Octets file = big ? Octets.big() : Octets.little();
        Parts parts = new Parts(file);
        addSection(parts, file.fresh());
        for (int choice : blocks) {
            addBlock(parts, file.fresh(), choice % 8, choice / 8);
        }
        parts.checkAllCuts();
    }

    private static void addSection(Parts parts, Octets body) {
        parts.file.block(0x0a0d0d0a, body.u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1));
        parts.end(false);
        parts.file.block(1, body.fresh().u16(1).u16(0).u32(0));
        parts.end(false);
    }

    private static void addBlock(Parts parts, Octets body, int type, int length) {
        switch (type) {
            case 0 -> addSection(parts, body);
            case 1 -> {
                parts.file.block(
                        1, body.u16(1).u16(0).u32(0).option(2, body.fresh().counting(length)));
                parts.end(false);
            }
            case 2 -> {
                parts.file.block(2, body.u32(0).u64(5).u32(length).u32(99).counting(length));
                parts.end(true);
            }
            case 3 -> {
                parts.file.block(3, body.u32(length).counting(length));
                parts.end(true);
            }
            case 4, 5 -> {
                parts.file.block(type, body.u32(0).u64(0).counting(length));
                parts.end(false);
            }
            default -> {
                parts.file.block(6, body.u32(0).u64(5).u32(length).u32(99).counting(length));
                parts.end(true);
            }
        }
    }
}
