package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.doctor.Outages.Fate;
import dev.swarmlens.analyzer.doctor.Outages.Outage;
import dev.swarmlens.analyzer.doctor.Outages.Way;
import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What lies between two nodes takes their VXLAN in both directions: a hypervisor that uses the same port, or a filter. */
final class HypervisorBlock implements Diagnosis {
    /** How VMware's MAC addresses begin. */
    private static final Set<String> VMWARE = Set.of("00:50:56", "00:0c:29", "00:05:69");

    private static final int OUI = 8;

    @Override
    public String id() {
        return "SW-02";
    }

    @Override
    public String title() {
        return "VXLAN is lost between two nodes in both directions";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        Map<Way, List<Outage>> outages = Outages.of(examination);
        List<Report.Finding> findings = new ArrayList<>();
        outages.forEach((way, there) -> {
            List<Outage> back = outages.get(way.reverse());
            if (back != null && Way.ORDER.compare(way, way.reverse()) < 0) {
                Fate fateThere = Fate.of(examination, way, there);
                Fate fateBack = Fate.of(examination, way.reverse(), back);
                if (isLost(fateThere) && isLost(fateBack)) {
                    findings.add(finding(examination, way, there, back));
                }
            }
        });
        return findings;
    }

    /** Whether it gets lost; what arrived just before all was lost has no answer, either. */
    private static boolean isLost(Fate fate) {
        return fate.lost() >= Outages.ENOUGH * Math.max(1, fate.arrived());
    }

    private Report.Finding finding(Examination examination, Way way, List<Outage> there, List<Outage> back) {
        List<Probe> probes = new ArrayList<>();
        there.forEach(outage -> probes.addAll(outage.probes()));
        back.forEach(outage -> probes.addAll(outage.probes()));
        examination.explain(probes);
        String one = examination.node(way.from());
        String other = examination.node(way.to());
        boolean vmware = examination.report().vteps().stream()
                .filter(vtep -> vtep.address().equals(way.from().toString())
                        || vtep.address().equals(way.to().toString()))
                .flatMap(vtep -> vtep.macs().stream())
                .anyMatch(mac -> VMWARE.contains(mac.substring(0, OUI)));
        return Findings.begin(this, Severity.ERROR, Confidence.PROVEN)
                .about("nodes", one + " and " + other)
                .shownBy(examination.evidence(probes))
                .means("VXLAN between " + one + " and " + other
                        + " leaves each node and arrives at neither, while both run: what"
                        + " lies between takes UDP port 4789 away."
                        + (vmware ? " The MAC addresses are VMware's, whose NSX uses this port for itself." : ""))
                .fixedBy(
                        "Allow UDP port 4789 both ways in security groups, switches and hypervisors; where the port cannot be"
                                + " had, make the swarm anew with another:",
                        Findings.type("docker swarm init --data-path-port 7789"))
                .end();
    }
}
