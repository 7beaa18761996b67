package dev.swarmlens.analyzer.swarm;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a node's vxlan devices know of the other nodes: {@code ip -d link} tells the VNI of a network namespace,
 * {@code bridge fdb} which VTEP each MAC is behind. On an overlay the MAC holds the IPv4 address: 02:42 and its four octets.
 */
final class ForwardingTables {

    private static final Pattern VNI = Pattern.compile(".*\\bvxlan id ([0-9]+) .*");
    private static final Pattern ENTRY = Pattern.compile("(02:42:[0-9a-f:]{11}) dev vxlan0 dst ([0-9.]+) .*");
    private static final int FIRST_OCTET_DIGIT = 6;
    private static final int DIGITS_AND_COLON = 3;
    private static final int OCTETS = 4;
    private static final int HEXADECIMAL = 16;

    private ForwardingTables() {}

    static Map<OverlayAddress, Location> read(Path ground) {
        Map<OverlayAddress, Location> locations = new HashMap<>();
        for (Path table : RecordedSwarm.files(ground, "ns-1-*.fdb.txt")) {
            int vni = vni(ground, namespace(table));
            RecordedSwarm.lines(table)
                    .map(ENTRY::matcher)
                    .filter(Matcher::matches)
                    .forEach(entry -> locations.put(
                            new OverlayAddress(vni, ip(entry.group(1))), new Location(entry.group(1), entry.group(2))));
        }
        return locations;
    }

    /** The address of each MAC as a node's kernel itself pairs them, for a check of the rule above. */
    static Map<String, String> neighbours(Path ground) {
        Map<String, String> addressByMac = new HashMap<>();
        for (Path table : RecordedSwarm.files(ground, "ns-1-*.neigh.json")) {
            RecordedSwarm.values(table).stream()
                    .filter(entry -> entry.path("dev").asText().equals("vxlan0"))
                    .forEach(entry -> addressByMac.put(
                            entry.path("lladdr").asText(), entry.path("dst").asText()));
        }
        return addressByMac;
    }

    static String ip(String mac) {
        return IntStream.range(0, OCTETS)
                .map(octet -> FIRST_OCTET_DIGIT + octet * DIGITS_AND_COLON)
                .mapToObj(digit -> Integer.toString(Integer.parseInt(mac.substring(digit, digit + 2), HEXADECIMAL)))
                .collect(Collectors.joining("."));
    }

    private static String namespace(Path table) {
        String name = table.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private static int vni(Path ground, String namespace) {
        List<Integer> vnis = RecordedSwarm.lines(ground.resolve(namespace + ".link.txt"))
                .map(VNI::matcher)
                .filter(Matcher::matches)
                .map(line -> Integer.valueOf(line.group(1)))
                .toList();
        return vnis.get(0);
    }
}
