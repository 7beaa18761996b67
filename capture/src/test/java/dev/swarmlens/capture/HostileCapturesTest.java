package dev.swarmlens.capture;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Bytes that nobody would write, in files that begin like captures. */
class HostileCapturesTest {
    private static void read(byte[] file) throws IOException {
        HostileReading.of(file, file.length, false, new HashSet<>());
        HostileReading.of(file, file.length, true, new HashSet<>());
    }

    @Property
    void arbitraryRecordsOfPcap(@ForAll boolean big, @ForAll @Size(max = 200) byte[] bytes) throws IOException {
        Octets file = big ? Octets.big() : Octets.little();
        file.u32(0xa1b2c3d4L).u16(2).u16(4).u64(0).u32(65535).u32(1);
        read(file.raw(bytes).bytes());
    }

    @Property
    void arbitraryBlocksOfPcapng(
            @ForAll boolean big, @ForAll @Size(max = 8) List<@Size(max = 60) byte[]> bodies, @ForAll byte[] tail)
            throws IOException {
        Octets file = big ? Octets.big() : Octets.little();
        file.block(0x0a0d0d0a, file.fresh().u32(0x1a2b3c4dL).u16(1).u16(0).u64(-1));
        file.block(1, file.fresh().u16(1).u16(0).u32(0));
        int type = 0;
        for (byte[] body : bodies) {
            type = (type + 5) % 8;
            file.block(type == 0 ? 0x0a0d0d0a : type, file.fresh().raw(body));
        }
        read(file.raw(tail).bytes());
    }
}
