package dev.swarmlens.analyzer.doctor;

import dev.swarmlens.analyzer.report.Report;
import java.util.List;

/** One failure that packets can prove. A class for each; docs/findings.md lists them all. */
public interface Diagnosis {
    /** Which failure, for example {@code SW-01}. */
    String id();

    /** The failure in a few words. */
    String title();

    /**
     * Looks for the failure.
     *
     * @param examination what is known; what a finding explains is marked there, so that no later diagnosis looks for another
     *     reason
     * @return none if it is not there, or cannot be seen
     */
    List<Report.Finding> of(Examination examination);
}
