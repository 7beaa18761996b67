package dev.swarmlens.codecs.ipv6extension;

import dev.swarmlens.codecs.Opinions;
import dev.swarmlens.codecs.ProtocolLaws;
import dev.swarmlens.codecs.kaitai.Ipv6FragmentHeader;
import dev.swarmlens.codecs.testkit.Headers;
import java.util.Map;
import net.jqwik.api.Arbitrary;

public class Ipv6FragmentLawsTest extends ProtocolLaws<Ipv6Fragment, Ipv6FragmentView, Ipv6FragmentHeader> {
    public static final Opinions<Ipv6Fragment, Ipv6FragmentView, Ipv6FragmentHeader> OPINIONS = new Opinions<>(
                    Ipv6FragmentProtocol.INSTANCE,
                    Ipv6Fragment.class,
                    Ipv6FragmentView.class,
                    Ipv6FragmentHeader.class,
                    Ipv6FragmentHeader::new)
            .number("headerLength", Ipv6Fragment::length, Ipv6FragmentView::headerLength, k -> 8)
            .number(
                    "nextHeader",
                    h -> h.nextHeader().code(),
                    Ipv6FragmentView::nextHeader,
                    Ipv6FragmentHeader::nextHeader)
            .number("reserved", Ipv6Fragment::reserved, Ipv6FragmentView::reserved, Ipv6FragmentHeader::reserved)
            .number(
                    "fragmentOffset",
                    Ipv6Fragment::fragmentOffset,
                    Ipv6FragmentView::fragmentOffset,
                    Ipv6FragmentHeader::fragmentOffset)
            .number(
                    "reservedBits",
                    Ipv6Fragment::reservedBits,
                    Ipv6FragmentView::reservedBits,
                    Ipv6FragmentHeader::reservedBits)
            .number(
                    "moreFragments",
                    h -> Opinions.number(h.moreFragments()),
                    v -> Opinions.number(v.moreFragments()),
                    k -> Opinions.number(k.moreFragments()))
            .number(
                    "identification",
                    Ipv6Fragment::identification,
                    Ipv6FragmentView::identification,
                    Ipv6FragmentHeader::identification);

    Ipv6FragmentLawsTest() {
        super(OPINIONS, 8);
    }

    @Override
    protected Arbitrary<Ipv6Fragment> headers() {
        return Headers.ipv6Fragment();
    }

    @Override
    protected Map<String, Integer> bits() {
        return Map.of("reserved", 8, "fragmentOffset", 13, "reservedBits", 2, "identification", 32);
    }

    @Override
    protected int encloses(Ipv6Fragment header) {
        return 0;
    }
}
