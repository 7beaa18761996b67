package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.report.Vantage;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.analyzer.summary.Tunnels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** VXLAN headers that Linux drops without a word: flag I is not set, or something else is, RFC 7348 section 5. */
final class MalformedVxlan implements Diagnosis {
    @Override
    public String id() {
        return "SW-24";
    }

    @Override
    public String title() {
        return "VXLAN headers that Linux does not accept";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Address, Long> senders = new TreeMap<>();
        for (Vantage vantage : examination.vantages()) {
            Map<Address, Long> here = new TreeMap<>();
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                if (tunnels.irregular(row) > 0) {
                    here.merge(tunnels.source(row), tunnels.irregular(row), Long::sum);
                }
            }
            here.forEach((sender, packets) -> senders.merge(sender, packets, Math::max));
        }
        List<Report.Finding> findings = new ArrayList<>();
        senders.forEach((sender, packets) -> findings.add(finding(examination, sender, packets)));
        examination.explain(probe -> probe.isSilent()
                && (isSpoilt(examination, probe.source(), probe.destination(), probe)
                        || isSpoilt(examination, probe.destination(), probe.source(), probe)));
        return findings;
    }

    /** Whether what one node sends to another has such headers, from shortly before something was asked on. */
    private static boolean isSpoilt(Examination examination, Address source, Address destination, Probe probe) {
        for (Vantage vantage : examination.vantages()) {
            Tunnels tunnels = vantage.seen().tunnels();
            for (int row = 0; row < tunnels.size(); row++) {
                if (tunnels.irregular(row) > 0
                        && tunnels.source(row).equals(source)
                        && tunnels.destination(row).equals(destination)
                        && tunnels.first(row) <= probe.last()
                        && tunnels.last(row) >= probe.first()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Report.Finding finding(Examination examination, Address sender, long packets) {
        return Findings.begin(this, Severity.WARNING, Confidence.PROVEN)
                .about("source", examination.node(sender))
                .about("packets", packets)
                .shownBy(examination.closeUp().samples(new CloseUp.Sample.Irregular(sender)).stream()
                        .map(packet ->
                                examination.evidence(packet, "flags other than I alone, or reserved bits that are set"))
                        .toList())
                .means(examination.node(sender) + " sent " + packets
                        + " VXLAN packets whose header has not flag I alone set, or"
                        + " has reserved bits set. Linux drops such packets silently, so nothing in them arrives. Docker does"
                        + " not send them: another device or program does, or something on the way changes headers.")
                .fixedBy(
                        "On " + examination.shortNode(sender)
                                + ", look for VXLAN devices with extensions (gbp, gpe, remcsum):",
                        Findings.type(
                                "for n in /run/docker/netns/*; do nsenter --net=$n ip -d link show type vxlan; done"))
                .end();
    }
}
