package dev.swarmlens.analyzer.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/findings.md lists is what the doctor knows, by the same names. */
class FindingsTableTest {
    private static final Pattern ROW =
            Pattern.compile("\\| (SW-\\d\\d[a-d]?) \\| ([^|]+) \\| [^|]+ \\| [^|]+ \\| [^|]* ?\\|");

    @Test
    void everyDiagnosisHasItsRow() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line :
                Files.readAllLines(Path.of(System.getProperty("swarmlens.root")).resolve("docs/findings.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(listed.put(row.group(1), row.group(2))).as(line).isNull();
            }
        }
        Map<String, String> known = new TreeMap<>();
        Doctor.DIAGNOSES.forEach(diagnosis -> known.put(diagnosis.id(), diagnosis.title()));

        assertThat(listed).isEqualTo(known);
    }
}
