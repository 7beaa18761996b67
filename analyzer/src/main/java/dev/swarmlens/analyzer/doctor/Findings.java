package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import dev.swarmlens.analyzer.report.Report.Confidence;
import dev.swarmlens.analyzer.report.Report.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts a finding together. */
final class Findings {
    /** So many frames are shown. */
    static final int MOST_EVIDENCE = 10;

    private final Diagnosis diagnosis;
    private final Severity severity;
    private final Confidence confidence;
    private final SortedMap<String, String> subject = new TreeMap<>();
    private final List<Report.Evidence> evidence = new ArrayList<>();
    private String explanation = "";
    private String fix = "";
    private String wouldProve;

    private Findings(Diagnosis diagnosis, Severity severity, Confidence confidence) {
        this.diagnosis = diagnosis;
        this.severity = severity;
        this.confidence = confidence;
    }

    static Findings begin(Diagnosis diagnosis, Severity severity, Confidence confidence) {
        return new Findings(diagnosis, severity, confidence);
    }

    /** Whom it befell, by a role. */
    Findings about(String role, Object who) {
        subject.put(role, String.valueOf(who));
        return this;
    }

    /** Frames that show it; what is more than ten is left out. */
    Findings shownBy(List<Report.Evidence> frames) {
        evidence.addAll(frames);
        return this;
    }

    /** What it means. */
    Findings means(String sentences) {
        explanation = sentences;
        return this;
    }

    /** What to do: sentences, and commands by {@link #type}. */
    Findings fixedBy(String... lines) {
        fix = String.join("\n", lines);
        return this;
    }

    /** A command to be typed, as a line of what to do. */
    static String type(String command) {
        return "  " + command;
    }

    /** What would settle it. */
    Findings wouldBeProvenBy(String capture) {
        wouldProve = capture;
        return this;
    }

    Report.Finding end() {
        return new Report.Finding(
                diagnosis.id(),
                diagnosis.title(),
                severity,
                confidence,
                subject,
                List.copyOf(evidence.subList(0, Math.min(MOST_EVIDENCE, evidence.size()))),
                explanation,
                fix,
                confidence == Confidence.PROVEN ? null : wouldProve);
    }

    /** The worst and the surest first. */
    static final Comparator<Report.Finding> ORDER = Comparator.comparing(Report.Finding::severity)
            .thenComparing(Report.Finding::confidence)
            .reversed()
            .thenComparing(Report.Finding::id)
            .thenComparing(finding -> finding.subject().toString());
}
