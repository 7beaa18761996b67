package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.sighting.Sighting;
import dev.swarmlens.analyzer.summary.Conversations;
import dev.swarmlens.codecs.IpProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A container sends to a multicast group in an overlay, where multicast never leaves the node. */
final class LostMulticast implements Diagnosis {
    private static final int ENOUGH = 5;
    private static final long LONG_ENOUGH = 5_000_000_000L;
    /** Groups of a link alone, RFC 5771 section 4, which nobody expects to be routed. */
    private static final String LINK_LOCAL = "224.0.0.0/24";
    /** What asks for devices around: SSDP. */
    private static final String DISCOVERY = "239.255.255.250";

    /** 224.0.0.0/4. */
    private static final int MULTICAST = 0xe;

    private static final int MULTICAST_SHIFT = 28;
    private static final int LINK_BITS = 24;

    @Override
    public String id() {
        return "SW-21";
    }

    @Override
    public String title() {
        return "Multicast does not cross an overlay";
    }

    /** An endpoint that sends to a group. */
    record Call(int vni, Address sender, Address group) {}

    /** What was sent, and when. */
    record Calls(long packets, long first, long last) {
        private Calls more(Calls other) {
            return new Calls(
                    Math.max(packets, other.packets), Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /** What endpoints send to groups inside of nodes again and again, and what was never seen in a tunnel. */
    static Map<Call, Calls> calls(Examination examination) {
        Map<Call, Calls> calls = new LinkedHashMap<>();
        Set<Call> crossing = new HashSet<>();
        for (Vantage vantage : examination.vantages()) {
            Conversations rows = vantage.seen().flows().conversations();
            for (int row = 0; row < rows.size(); row++) {
                for (int direction = 0; direction < 2; direction++) {
                    if (rows.protocol(row) != IpProtocol.UDP.code()
                            || rows.packets(row, direction) == 0
                            || !isGroup(rows.address(row, 1 - direction))) {
                        continue;
                    }
                    Address sender = rows.address(row, direction);
                    Address group = rows.address(row, 1 - direction);
                    if (rows.vni(row) != Sighting.UNDERLAY) {
                        crossing.add(new Call(rows.vni(row), sender, group));
                    } else if (rows.packets(row, direction) >= ENOUGH
                            && rows.last(row) - rows.first(row) >= LONG_ENOUGH) {
                        Calls more = new Calls(rows.packets(row, direction), rows.first(row), rows.last(row));
                        network(examination, sender)
                                .ifPresent(vni -> calls.merge(new Call(vni, sender, group), more, Calls::more));
                    }
                }
            }
        }
        calls.keySet().removeAll(crossing);
        return calls;
    }

    /** The overlay that an address is in: as packets say, or else Docker, where they are encrypted. */
    private static Optional<Integer> network(Examination examination, Address sender) {
        String ip = sender.toString();
        return Stream.concat(
                        examination.report().endpoints().stream()
                                .filter(endpoint -> endpoint.ip().equals(ip))
                                .map(Report.Endpoint::vni),
                        examination.names().inventory().networks().stream()
                                .flatMap(network -> network.vnis().stream())
                                .filter(vni -> examination
                                        .names()
                                        .endpoint(vni, sender)
                                        .isPresent()))
                .findFirst();
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        calls(examination).forEach((call, calls) -> findings.add(finding(examination, call, calls)));
        return findings;
    }

    /** Whether a capture of the sender's node, at the same time, would have shown it in a tunnel. */
    private static boolean isWatched(Examination examination, Call call, Calls calls) {
        return examination.report().endpoints().stream()
                .filter(endpoint -> endpoint.vni() == call.vni()
                        && endpoint.ip().equals(call.sender().toString())
                        && endpoint.vtep() != null)
                .map(endpoint -> Address.of(endpoint.vtep()))
                .anyMatch(node -> examination.names().seesTunnels(node, call.vni())
                        && examination.vantages().stream()
                                .anyMatch(vantage -> node.equals(examination.home(vantage))
                                        && vantage.seen().tunnels().size() > 0
                                        && Math.min(vantage.seen().last(), calls.last())
                                                        - Math.max(
                                                                vantage.seen().first(), calls.first())
                                                >= LONG_ENOUGH));
    }

    /** Whether the bits are those of an IPv4 address of a group, RFC 5771. */
    static boolean isMulticast(int ipv4) {
        return ipv4 >>> MULTICAST_SHIFT == MULTICAST;
    }

    private static boolean isGroup(Address address) {
        return address.isIpv4()
                && isMulticast((int) address.low())
                && !address.ipv4Network(LINK_BITS).equals(LINK_LOCAL)
                && !address.toString().equals(DISCOVERY);
    }

    private Report.Finding finding(Examination examination, Call call, Calls calls) {
        String who = examination.endpoint(call.vni(), call.sender());
        boolean watched = isWatched(examination, call, calls);
        return Findings.begin(this, Severity.INFO, watched ? Confidence.PROVEN : Confidence.LIKELY)
                .about("sender", who)
                .about("group", call.group())
                .about("network", examination.network(call.vni()))
                .about("packets", calls.packets())
                .shownBy(examination.closeUp().samples(new CloseUp.Sample.Call(call.sender(), call.group())).stream()
                        .map(packet -> examination.evidence(packet, call.sender() + " calls the group " + call.group()))
                        .toList())
                .means(who + " sends to the multicast group " + call.group() + " in " + examination.network(call.vni())
                        + (watched ? ", and none of it leaves the node" : "")
                        + ". Docker's overlays carry no multicast and no broadcast: containers on other nodes never get it, so"
                        + " what finds its peers in this way finds only those on its own node.")
                .fixedBy(
                        "Let the application find its peers by DNS, which gives the addresses of all tasks:",
                        Findings.type("getent ahosts tasks.SERVICE    # inside a container"),
                        "Or put it on a network that carries multicast (macvlan).")
                .wouldBeProvenBy(
                        "A capture on its node's underlay at the same time, in which no VXLAN packet goes to the group.")
                .end();
    }
}
