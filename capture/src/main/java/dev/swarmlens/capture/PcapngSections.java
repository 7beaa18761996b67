package dev.swarmlens.capture;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pcapng file has described so far, without which its packets cannot be read: sections and interfaces. */
final class PcapngSections {
    /** How many interfaces, and how many sections, are kept: more than anybody has, but not more than memory has. */
    static final int MAX_DESCRIBED = 1 << 18;

    private final List<CaptureSection> sections;
    private final List<PcapngInterface> interfaces;
    /** Where in the list the current section's interfaces begin. */
    private int firstInterface;

    PcapngSections() {
        sections = new ArrayList<>();
        interfaces = new ArrayList<>();
    }

    private PcapngSections(PcapngSections other) {
        sections = new ArrayList<>(other.sections);
        interfaces = new ArrayList<>(other.interfaces.size());
        for (PcapngInterface each : other.interfaces) {
            CaptureInterface description = each.description();
            interfaces.add(new PcapngInterface(
                    description.toBuilder().statistics(Optional.empty()).build()));
        }
        firstInterface = other.firstInterface;
    }

    /** The same without what interfaces have counted. */
    PcapngSections withoutStatistics() {
        return new PcapngSections(this);
    }

    /** Whether packets that follow mean the same after these as after those; what interfaces have counted does not matter. */
    boolean describesLike(PcapngSections other) {
        return sections.equals(other.sections)
                && withoutStatistics()
                        .descriptions()
                        .equals(other.withoutStatistics().descriptions());
    }

    boolean isFull() {
        return Math.max(sections.size(), interfaces.size()) >= MAX_DESCRIBED;
    }

    /** Reads a section header block. */
    void begin(PcapngMetadata block) {
        sections.add(block.section(sections.size() + 1));
        firstInterface = interfaces.size();
    }

    /** Reads an interface description block. */
    void describe(PcapngMetadata block) {
        interfaces.add(new PcapngInterface(block.description(sections.size(), count())));
    }

    /** How many interfaces the current section has. */
    int count() {
        return interfaces.size() - firstInterface;
    }

    /** Whether the current section has an interface of this number. */
    boolean has(int id) {
        return Integer.compareUnsigned(id, count()) < 0;
    }

    /** An interface of the current section. */
    PcapngInterface get(int id) {
        return interfaces.get(firstInterface + id);
    }

    /** The place, over all sections, of an interface of the current section. */
    int index(int id) {
        return firstInterface + id;
    }

    /** Whether the current section's numbers are big-endian. */
    boolean bigEndian() {
        return sections.get(sections.size() - 1).byteOrder() == ByteOrder.BIG_ENDIAN;
    }

    List<CaptureSection> sections() {
        return List.copyOf(sections);
    }

    List<CaptureInterface> descriptions() {
        return interfaces.stream().map(PcapngInterface::description).toList();
    }
}
