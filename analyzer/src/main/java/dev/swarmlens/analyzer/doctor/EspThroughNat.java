package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Encrypted packets have other addresses than those that the nodes advertise, for which the keys were made. */
final class EspThroughNat implements Diagnosis {
    @Override
    public String id() {
        return "SW-14b";
    }

    @Override
    public String title() {
        return "Encrypted packets come from another address than the advertised one";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (Report.EspTunnel tunnel : examination.espWays().translated()) {
            if (leavesItsNode(examination, tunnel)) {
                // a wrong source of clear VXLAN, too
                explain(examination, tunnel);
            } else {
                findings.add(finding(examination, tunnel));
            }
        }
        return findings;
    }

    /** Whether the node itself was seen to send clear VXLAN from the other address: then it is no NAT on the way. */
    private static boolean leavesItsNode(Examination examination, Report.EspTunnel tunnel) {
        Address node = Address.of(tunnel.advertised().from());
        Address source = Address.of(tunnel.from());
        return !source.equals(node)
                && examination.vantages().stream()
                        .filter(vantage -> node.equals(examination.home(vantage)))
                        .map(vantage -> vantage.seen().tunnels())
                        .anyMatch(tunnels -> IntStream.range(0, tunnels.size())
                                .anyMatch(row -> tunnels.source(row).equals(source)
                                        && tunnels.packets(row) > tunnels.encrypted(row)));
    }

    private static void explain(Examination examination, Report.EspTunnel tunnel) {
        examination.explainEncrypted(
                Address.of(tunnel.advertised().from()),
                Address.of(tunnel.advertised().to()));
        examination.explainEncrypted(Address.of(tunnel.from()), Address.of(tunnel.to()));
    }

    private Report.Finding finding(Examination examination, Report.EspTunnel tunnel) {
        Address from = Address.of(tunnel.advertised().from());
        Address to = Address.of(tunnel.advertised().to());
        explain(examination, tunnel);
        boolean sourceDiffers = !tunnel.from().equals(tunnel.advertised().from());
        if (sourceDiffers) {
            examination.addAlias(Address.of(tunnel.from()));
        }
        // the same SPI with and without the other address
        boolean bothSeen = examination.report().espTunnels().stream()
                .anyMatch(other ->
                        other.spi().equals(tunnel.spi()) && other.advertised() == null && other.keyTag() != null);
        String visible = tunnel.from() + " to " + tunnel.to();
        String advertised = from + " to " + to;
        return Findings.begin(this, Severity.ERROR, bothSeen ? Confidence.PROVEN : Confidence.LIKELY)
                .about("from", examination.node(from))
                .about("to", examination.node(to))
                .about("seenAs", visible)
                .about("spi", tunnel.spi())
                .shownBy(examination.sealed(tunnel, "from " + visible + ", with the SPI of " + advertised))
                .means("Docker makes an SPI of both nodes' advertised addresses. This one was made for " + advertised
                        + ", but the packets go from " + visible
                        + ": NAT rewrites them on the way, or they leave from an"
                        + " address that is not the advertised one. The receiver finds the checksum inside wrong, or no"
                        + " policy for the address, and drops them: encrypted networks hang between the two nodes.")
                .fixedBy(
                        sourceDiffers
                                ? "Take the NAT between the nodes away, or let the node join with the address that the others"
                                        + " see. On " + examination.shortNode(from)
                                        + ", see which rule rewrites it, and which address it leaves from:"
                                : "Let the node " + examination.shortNode(to)
                                        + " join with an address that the others can reach without NAT. What it advertises:",
                        Findings.type("iptables -t nat -S POSTROUTING; ip route get " + tunnel.to()),
                        Findings.type("docker node inspect --format '{{.Status.Addr}}' "
                                + examination.shortNode(sourceDiffers ? from : to)),
                        "After docker swarm leave on that node:",
                        Findings.type("docker swarm join --advertise-addr "
                                + (sourceDiffers ? tunnel.from() : tunnel.to()) + " --token TOKEN MANAGER:2377"))
                .wouldBeProvenBy("A capture on " + examination.shortNode(from)
                        + " at the same time: it shows the same SPI with the advertised addresses.")
                .end();
    }
}
