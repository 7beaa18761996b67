package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.Analyzer;
import dev.swarmlens.analyzer.report.Picture;
import dev.swarmlens.analyzer.report.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what is broken. Captures in which all went well need only one look; if something did not, the files are read once
 * more, and only what has to do with it is kept.
 */
public final class Doctor {
    /** All diagnoses, in the order in which they are made: what has one cause only before what may have several. */
    public static final List<Diagnosis> DIAGNOSES = List.of(
            new EspThroughNat(),
            new KeyDesync(),
            new WrongSource(),
            new StaleForwarding(),
            new DuplicateAddress(),
            new ForeignVxlan(),
            new MalformedVxlan(),
            new VniMismatch(),
            new Cleartext(),
            new EspBlock(),
            new ChecksumOffload(),
            new MtuBlackHole(),
            new UnreachableVtep(),
            new SilentNode(),
            new StaleNames(),
            new HypervisorBlock(),
            new OneWayBlock(),
            new DeadBackend(),
            new StuckDatagrams(),
            new OverlappingSubnets(),
            new NeighbourOverflow(),
            new LostMulticast(),
            new Ipv6Port(),
            new PortReuse(),
            new UnevenLoad(),
            new IdleTimeout(),
            new WithoutGossip(),
            new GossipOneWay(),
            new StateTooBig());

    private final Examination examination;

    /**
     * Begins an examination.
     *
     * @param picture what the first look showed
     */
    public Doctor(Picture picture) {
        this.examination = new Examination(picture);
    }

    /** Whether the files must be read again. */
    public boolean wantsCloserLook() {
        return examination.wantsCloserLook();
    }

    /**
     * What looks at the frames of a file that is read again.
     *
     * @param order the file's place among all
     */
    public Analyzer.Observer observer(int order) {
        return examination.closeUp().observer(order);
    }

    /** What is wrong, the worst first. */
    public List<Report.Finding> findings() {
        if (!examination.isSwarm()) {
            return List.of();
        }
        examination.conclude();
        List<Report.Finding> findings = new ArrayList<>();
        for (Diagnosis diagnosis : DIAGNOSES) {
            findings.addAll(diagnosis.of(examination));
        }
        findings.sort(Findings.ORDER);
        return findings;
    }
}
