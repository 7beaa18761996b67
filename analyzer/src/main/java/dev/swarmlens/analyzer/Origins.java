package dev.swarmlens.analyzer;

import dev.swarmlens.analyzer.summary.CaptureSummary;
import dev.swarmlens.analyzer.summary.Origin;
import dev.swarmlens.analyzer.summary.Summary;
import dev.swarmlens.capture.CaptureInterface;
import dev.swarmlens.capture.CapturePoint;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Where the frames of a file are counted, by their interface. */
final class Origins {
    private final int order;
    private final String point;
    private final String file;
    private final Supplier<List<CaptureInterface>> interfaces;
    private final Summary summary;
    private CaptureSummary[] byIndex = new CaptureSummary[1];

    /** {@code interfaces} are those described so far, by their index. */
    Origins(int order, String point, String file, Supplier<List<CaptureInterface>> interfaces, Summary summary) {
        this.order = order;
        this.point = point;
        this.file = file;
        this.interfaces = interfaces;
        this.summary = summary;
    }

    /** What is counted at an interface. */
    CaptureSummary at(int index) {
        return index < byIndex.length && byIndex[index] != null ? byIndex[index] : begin(index);
    }

    private CaptureSummary begin(int index) {
        if (index >= byIndex.length) {
            byIndex = Arrays.copyOf(byIndex, Math.max(index + 1, 2 * byIndex.length));
        }
        String name = interfaces.get().get(index).name().orElse(null);
        byIndex[index] = summary.at(new Origin(order, new CapturePoint(point, name), file, index));
        return byIndex[index];
    }
}
