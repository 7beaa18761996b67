package dev.swarmlens.capture.live;

import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv6Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/**
 * An interface that frames can be captured from.
 *
 * @param name for example {@code eth0}
 * @param description what it is, if libpcap says more than the name
 * @param linkAddresses its addresses in the link layer, such as {@code 02:42:ac:12:00:02}
 * @param addresses its addresses in the network layer
 * @param loopback whether what is sent to it comes back from it
 * @param up whether it is switched on
 * @param running whether something is at the other end
 */
public record LiveInterface(
        String name,
        Optional<String> description,
        List<String> linkAddresses,
        List<String> addresses,
        boolean loopback,
        boolean up,
        boolean running) {

    /** Makes the lists immutable. */
    public LiveInterface {
        linkAddresses = List.copyOf(linkAddresses);
        addresses = List.copyOf(addresses);
    }

    /**
     * The interfaces of this machine, or of the network namespace that the thread is in, in libpcap's order.
     *
     * @throws LiveException if they cannot be listed
     */
    public static List<LiveInterface> all() throws LiveException {
        return Libpcap.call("the interfaces cannot be listed", () -> {
            List<LiveInterface> all = new ArrayList<>();
            for (PcapNetworkInterface each : Pcaps.findAllDevs()) {
                all.add(of(each));
            }
            return List.copyOf(all);
        });
    }

    private static LiveInterface of(PcapNetworkInterface found) {
        return new LiveInterface(
                found.getName(),
                Optional.ofNullable(found.getDescription()),
                found.getLinkLayerAddresses().stream().map(Object::toString).toList(),
                found.getAddresses().stream()
                        .map(PcapAddress::getAddress)
                        .map(LiveInterface::text)
                        .toList(),
                found.isLoopBack(),
                found.isUp(),
                found.isRunning());
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address
                ? Ipv6Address.of(Bytes.of(address.getAddress()), 0).toString()
                : address.getHostAddress();
    }
}
