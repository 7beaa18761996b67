package dev.swarmlens.analyzer.summary;

import dev.swarmlens.analyzer.CapturedFile;
import dev.swarmlens.analyzer.inventory.Inventory;
import dev.swarmlens.analyzer.report.JsonReport;
import dev.swarmlens.analyzer.report.Reporter;
import dev.swarmlens.analyzer.report.Section;
import dev.swarmlens.capture.CaptureFormat;
import dev.swarmlens.capture.CapturePoint;
import dev.swarmlens.capture.Compression;
import dev.swarmlens.capture.TimeResolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The JSON that is made of summaries. */
final class Reports {

    private static final CaptureFormat FORMAT = new CaptureFormat(
            CaptureFormat.Kind.PCAP,
            ByteOrder.LITTLE_ENDIAN,
            Optional.of(TimeResolution.MICROSECONDS),
            2,
            4,
            Compression.NONE);

    private Reports() {}

    static Origin origin(int order) {
        return new Origin(order, new CapturePoint("node" + order, null), "node" + order + ".pcap", 0);
    }

    /** The whole report, with all flows and all connections; the summary is used up. */
    static String json(Summary summary, Inventory inventory) {
        List<CapturedFile> files = summary.captures().keySet().stream()
                .map(origin -> new CapturedFile(
                        origin.order(), origin.point().node(), origin.file(), FORMAT, Optional.empty()))
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonReport.write(
                    new Reporter(inventory, Integer.MAX_VALUE).report(files, summary),
                    EnumSet.allOf(Section.class),
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static String json(CaptureSummary capture) {
        Summary summary = new Summary();
        summary.at(origin(0)).absorb(capture);
        return json(summary, Inventory.EMPTY);
    }
}
