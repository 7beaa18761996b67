package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import dev.swarmlens.analyzer.sighting.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One overlay address that is sent from two nodes at the same time. */
final class DuplicateAddress implements Diagnosis {
    @Override
    public String id() {
        return "SW-08";
    }

    @Override
    public String title() {
        return "Two nodes send from the same overlay address";
    }

    @Override
    public List<Report.Finding> of(Examination examination) {
        List<Report.Finding> findings = new ArrayList<>();
        for (Report.Endpoint endpoint : examination.report().endpoints()) {
            List<Report.Claim> claims = endpoint.claims().stream()
                    .filter(claim -> !examination.isAlias(Address.of(claim.vtep())))
                    .toList();
            long nodes = claims.stream().map(Report.Claim::vtep).distinct().count();
            if (nodes > 1 && (endpoint.contested() || comesBack(endpoint))) {
                findings.add(finding(examination, endpoint, claims));
            }
        }
        return findings;
    }

    private static Confidence confidence(Report.Endpoint endpoint, long seenLeaving) {
        if (!endpoint.contested()) {
            return Confidence.POSSIBLE;
        }
        return seenLeaving > 1 ? Confidence.PROVEN : Confidence.LIKELY;
    }

    /** Whether the address went to another node and back: a container that moves does not return with its address. */
    private static boolean comesBack(Report.Endpoint endpoint) {
        List<Report.Move> moves = endpoint.moves();
        return moves.size() > 1
                && moves.get(1).toVtep().equals(moves.get(0).fromVtep())
                && Objects.equals(moves.get(1).toMac(), moves.get(0).fromMac());
    }

    private Report.Finding finding(Examination examination, Report.Endpoint endpoint, List<Report.Claim> claims) {
        Address ip = Address.of(endpoint.ip());
        examination.explain(probe -> probe.vni() == endpoint.vni()
                && (probe.from().equals(ip) || probe.to().equals(ip)));
        List<Report.Evidence> evidence = new ArrayList<>();
        long seenLeaving = 0;
        for (Report.Claim claim : claims) {
            Address vtep = Address.of(claim.vtep());
            if (examination.names().isCaptured(vtep)) {
                seenLeaving++;
            }
            examination.closeUp().samples(new CloseUp.Sample.Claim(endpoint.vni(), ip, vtep)).stream()
                    .limit(Findings.MOST_EVIDENCE / claims.size())
                    .forEach(packet -> evidence.add(examination.evidence(
                            packet, ip + " sent from " + examination.node(vtep) + " with MAC " + claim.mac())));
        }
        String nodes = String.join(
                " and ",
                claims.stream()
                        .map(claim -> examination.node(Address.of(claim.vtep())))
                        .distinct()
                        .toList());
        return Findings.begin(this, Severity.ERROR, confidence(endpoint, seenLeaving))
                .about("address", examination.endpoint(endpoint.vni(), ip))
                .about("network", examination.network(endpoint.vni()))
                .about("nodes", nodes)
                .shownBy(evidence)
                .means("The address " + ip + " in " + examination.network(endpoint.vni()) + " is sent from " + nodes
                        + (endpoint.contested() ? " at the same time." : " in turn, from one to the other and back.")
                        + " The other nodes accept it from the one that their forwarding tables name and"
                        + " drop the other's packets; whoever asks it gets an answer from one or the other, or none.")
                .fixedBy(
                        "On each of the two nodes, see which container has it:",
                        Findings.type(
                                "docker ps -q | xargs docker inspect -f '{{.Name}} {{range .NetworkSettings.Networks}}"
                                        + "{{.IPAddress}} {{end}}' | grep -w " + ip),
                        "Make the wrong one go:",
                        Findings.type("docker service update --force SERVICE    # or: docker rm -f CONTAINER"),
                        "What no container owns is an interface made by hand, or left over by a daemon that crashed:",
                        Findings.type(
                                "for n in /run/docker/netns/1-*; do nsenter --net=$n bridge fdb show br br0 | grep -i "
                                        + claims.get(0).mac() + " && echo $n; done"))
                .wouldBeProvenBy("Captures on both nodes that show the address leaving each.")
                .end();
    }
}
