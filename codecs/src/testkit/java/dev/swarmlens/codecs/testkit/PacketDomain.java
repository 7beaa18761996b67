package dev.swarmlens.codecs.testkit;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.Ipv6Address;
import dev.swarmlens.codecs.MacAddress;
import dev.swarmlens.codecs.Packet;
import dev.swarmlens.codecs.arp.Arp;
import dev.swarmlens.codecs.esp.Esp;
import dev.swarmlens.codecs.ethernet.Ethernet;
import dev.swarmlens.codecs.icmp.Icmp;
import dev.swarmlens.codecs.icmpv6.Icmpv6;
import dev.swarmlens.codecs.icmpv6.NeighborOption;
import dev.swarmlens.codecs.ipv4.Ipv4;
import dev.swarmlens.codecs.ipv6.Ipv6;
import dev.swarmlens.codecs.ipv6extension.Ipv6Extension;
import dev.swarmlens.codecs.ipv6extension.Ipv6Fragment;
import dev.swarmlens.codecs.isl.Isl;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked;
import dev.swarmlens.codecs.linuxcooked.LinuxCooked2;
import dev.swarmlens.codecs.llc.Llc;
import dev.swarmlens.codecs.llc.Snap;
import dev.swarmlens.codecs.loopback.Loopback;
import dev.swarmlens.codecs.rawip.RawIp;
import dev.swarmlens.codecs.tcp.Tcp;
import dev.swarmlens.codecs.udp.Udp;
import dev.swarmlens.codecs.vlan.Vlan;
import dev.swarmlens.codecs.vxlan.Vxlan;
import dev.swarmlens.codecs.vxlangpe.VxlanGpe;
import java.util.Collection;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.SampleReportingFormat;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.domains.DomainContextBase;

/**
 * What {@code @ForAll} gives in a class or a method with {@code @Domain(PacketDomain.class)}, besides all that jqwik gives itself:
 *
 * <ul>
 *   <li>{@link Packet}: {@link ValidFrames#any() valid Ethernet frames}; with the truth beside them {@link VxlanFrame},
 *       {@link IcmpError}, {@link LinkFrame} and {@link Conversation};
 *   <li>{@link HostileFrame}: {@link HostileFrames#any() bytes that break the rules};
 *   <li>each header of this library, and {@link dev.swarmlens.codecs.Header} for one of any: {@link Headers whatever it can hold};
 *   <li>{@link MacAddress}, {@link Ipv4Address}, {@link Ipv6Address}, {@link dev.swarmlens.codecs.IpAddress}: any bits;
 *   <li>{@link Bytes}: {@link Payloads#any() up to as many as a jumbo frame has}.
 * </ul>
 *
 * <p>What makes a property fail is printed layer by layer, with its bytes in hexadecimal.
 */
@Domain(DomainContext.Global.class)
public class PacketDomain extends DomainContextBase {

    /** For jqwik. */
    public PacketDomain() {}

    // ---- frames

    @Provide
    Arbitrary<Packet> validFrames() {
        return ValidFrames.any();
    }

    @Provide
    Arbitrary<VxlanFrame> vxlanFrames() {
        return ValidFrames.vxlan();
    }

    @Provide
    Arbitrary<IcmpError> icmpErrors() {
        return IcmpErrors.any();
    }

    @Provide
    Arbitrary<LinkFrame> linkFrames() {
        return LinkFrames.any();
    }

    @Provide
    Arbitrary<HostileFrame> hostileFrames() {
        return HostileFrames.any();
    }

    @Provide
    Arbitrary<Conversation> conversations() {
        return Conversations.any();
    }

    // ---- values

    @Provide
    Arbitrary<MacAddress> macAddresses() {
        return Addresses.mac();
    }

    @Provide
    Arbitrary<Ipv4Address> ipv4Addresses() {
        return Addresses.ipv4();
    }

    @Provide
    Arbitrary<Ipv6Address> ipv6Addresses() {
        return Addresses.ipv6();
    }

    @Provide
    Arbitrary<Bytes> payloads() {
        return Payloads.any();
    }

    // ---- headers

    @Provide
    Arbitrary<Ethernet> ethernet() {
        return Headers.ethernet();
    }

    @Provide
    Arbitrary<Vlan> vlan() {
        return Headers.vlan();
    }

    @Provide
    Arbitrary<Llc> llc() {
        return Headers.llc();
    }

    @Provide
    Arbitrary<Snap> snap() {
        return Headers.snap();
    }

    @Provide
    Arbitrary<LinuxCooked> linuxCooked() {
        return Headers.linuxCooked();
    }

    @Provide
    Arbitrary<LinuxCooked2> linuxCooked2() {
        return Headers.linuxCooked2();
    }

    @Provide
    Arbitrary<Loopback> loopback() {
        return Headers.loopback();
    }

    @Provide
    Arbitrary<RawIp> rawIp() {
        return Headers.rawIp();
    }

    @Provide
    Arbitrary<Arp> arp() {
        return Headers.arp();
    }

    @Provide
    Arbitrary<Ipv4> ipv4() {
        return Headers.ipv4();
    }

    @Provide
    Arbitrary<Ipv6> ipv6() {
        return Headers.ipv6();
    }

    @Provide
    Arbitrary<Ipv6Extension> ipv6Extension() {
        return Headers.ipv6Extension();
    }

    @Provide
    Arbitrary<Ipv6Fragment> ipv6Fragment() {
        return Headers.ipv6Fragment();
    }

    @Provide
    Arbitrary<Icmp> icmp() {
        return Headers.icmp();
    }

    @Provide
    Arbitrary<Icmpv6> icmpv6() {
        return Headers.icmpv6();
    }

    @Provide
    Arbitrary<NeighborOption> neighborOption() {
        return Headers.neighborOption();
    }

    @Provide
    Arbitrary<Udp> udp() {
        return Headers.udp();
    }

    @Provide
    Arbitrary<Tcp> tcp() {
        return Headers.tcp();
    }

    @Provide
    Arbitrary<Esp> esp() {
        return Headers.esp();
    }

    @Provide
    Arbitrary<Vxlan> vxlan() {
        return Headers.vxlan();
    }

    @Provide
    Arbitrary<VxlanGpe> vxlanGpe() {
        return Headers.vxlanGpe();
    }

    @Provide
    Arbitrary<Isl> isl() {
        return Headers.isl();
    }

    // ---- what a failure prints

    @Override
    public Collection<SampleReportingFormat> getReportingFormats() {
        return SampleReports.FORMATS;
    }
}
