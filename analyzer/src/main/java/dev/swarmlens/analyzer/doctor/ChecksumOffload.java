package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import dev.swarmlens.codecs.ChecksumStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A network card does not finish the checksums of what is inside VXLAN, and the receiver drops it. */
final class ChecksumOffload implements Diagnosis {
    private static final int ENOUGH = 3;

    @Override
    public String id() {
        return "SW-03";
    }

    @Override
    public String title() {
        return "Wrong checksums inside VXLAN: a network card's offload is broken";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Address, List<Probe>> bySender = new TreeMap<>();
        for (Probe probe : examination.probes()) {
            // on the sender's own node the card has not been at it yet
            if (probe.isSilent() && probe.isTcp() && !examination.atSender(probe) && isWrong(probe)) {
                bySender.computeIfAbsent(probe.source(), any -> new ArrayList<>())
                        .add(probe);
            }
        }
        List<Report.Finding> findings = new ArrayList<>();
        bySender.forEach((sender, probes) -> {
            int packets =
                    probes.stream().mapToInt(probe -> probe.copies().size()).sum();
            boolean pingPasses = pingPasses(examination, sender, probes);
            // where a host's own card has nothing to finish, as between virtual machines, unfinished checksums are
            // normal
            boolean bad =
                    probes.stream().anyMatch(probe -> probe.copies().get(0).checksum() == ChecksumStatus.BAD);
            boolean unusual = bad || pingPasses || wereGood(examination, sender, probes);
            if (packets >= ENOUGH && unusual && !isAccepted(examination, sender, probes)) {
                findings.add(finding(examination, sender, probes, pingPasses));
            }
        });
        return findings;
    }

    private static boolean isWrong(Probe probe) {
        return probe.copies().stream().allMatch(ChecksumOffload::isWrong);
    }

    private static boolean isWrong(Packet packet) {
        return packet.checksum() == ChecksumStatus.BAD || packet.checksum() == ChecksumStatus.PARTIAL;
    }

    /** Whether the same receivers accepted packets with such checksums, as virtual machines on one host do. */
    private static boolean isAccepted(Examination examination, Address sender, List<Probe> probes) {
        Set<Address> receivers = receivers(probes);
        return examination.allProbes().stream()
                .anyMatch(probe -> probe.isAnswered()
                        && probe.isTcp()
                        && sender.equals(probe.source())
                        && receivers.contains(probe.destination())
                        && !examination.atSender(probe)
                        && probe.copies().stream().anyMatch(ChecksumOffload::isWrong));
    }

    /** Whether the receivers have seen right checksums of the sender before. */
    private static boolean wereGood(Examination examination, Address sender, List<Probe> probes) {
        Set<Address> receivers = receivers(probes);
        return examination.allProbes().stream()
                .anyMatch(probe -> probe.isAnswered()
                        && probe.isTcp()
                        && sender.equals(probe.source())
                        && receivers.contains(probe.destination())
                        && !examination.atSender(probe)
                        && probe.copies().get(0).checksum() == ChecksumStatus.GOOD);
    }

    /** Whether the receivers answer to pings of the sender, which have no checksum that a card would finish. */
    private static boolean pingPasses(Examination examination, Address sender, List<Probe> probes) {
        Set<Address> receivers = receivers(probes);
        return examination.allProbes().stream()
                .anyMatch(probe -> probe.kind() == Probe.Kind.ECHO
                        && probe.isAnswered()
                        && probe.first() >= probes.get(0).first()
                        && probe.source().equals(sender)
                        && receivers.contains(probe.destination()));
    }

    private static Set<Address> receivers(List<Probe> probes) {
        Set<Address> receivers = new TreeSet<>();
        probes.forEach(probe -> receivers.add(probe.destination()));
        return receivers;
    }

    private Report.Finding finding(Examination examination, Address sender, List<Probe> probes, boolean pingPasses) {
        Set<Address> receivers = receivers(probes);
        long from = probes.get(0).first();
        examination.explain(probe -> probe.isTcp()
                && probe.last() >= from
                && (probe.source().equals(sender) || probe.destination().equals(sender)));
        String node = examination.shortNode(sender);
        return Findings.begin(this, Severity.ERROR, pingPasses ? Confidence.PROVEN : Confidence.LIKELY)
                .about("node", examination.node(sender))
                .about(
                        "to",
                        String.join(
                                ", ", receivers.stream().map(examination::node).toList()))
                .shownBy(examination.evidence(probes))
                .means("TCP that " + node
                        + " sends through VXLAN arrives with wrong checksums inside, and the receiver drops"
                        + " it: connections hang" + (pingPasses ? ", while ping works" : "")
                        + ". The network card of " + node + ", or the virtual one of its hypervisor, promises to finish"
                        + " checksums and does not for tunnelled packets.")
                .fixedBy(
                        "On " + node + ", with its underlay interface for eth0:",
                        Findings.type("ethtool -K eth0 tx-checksum-ip-generic off"),
                        "On VMware's vmxnet3 also:",
                        Findings.type("ethtool -K eth0 tx-udp_tnl-segmentation off tx-udp_tnl-csum-segmentation off"))
                .wouldBeProvenBy("A ping between the same containers during the capture: it passes where TCP does not.")
                .end();
    }
}
