package dev.swarmlens.analyzer.kernel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code bridge}, {@code ip}, {@code ipvsadm} and {@code iptables-save} print. Lines of other shapes are passed over. */
final class TableText {
    private static final JsonFactory JSON = new JsonFactory();

    private static final String PERMANENT = "permanent";
    private static final Pattern FORWARDING = Pattern.compile("([0-9a-f:]{17}) dev (\\S+)(.*)");
    private static final Pattern DESTINATION = Pattern.compile(" dst (\\S+)");
    private static final Pattern MASTER = Pattern.compile(" master (\\S+)");
    private static final Pattern LINK = Pattern.compile("\\d+: ([^:@]+)[:@].*");
    private static final Pattern VXLAN = Pattern.compile("\\s+vxlan id (\\d{1,8}) .*");
    private static final Pattern MARKED_SERVICE = Pattern.compile("FWM\\s+(\\d{1,9})\\s.*");
    private static final Pattern BACKEND =
            Pattern.compile("\\s+-> (\\S+):\\d+\\s+(\\d{1,18})\\s+\\d+\\s+\\d+\\s+\\d+\\s+\\d+\\s*");
    private static final Pattern OTHER_SERVICE = Pattern.compile("(?:TCP|UDP|SCTP)\\s.*");
    private static final Pattern PORT_MARK = Pattern.compile(
            ".*-A PREROUTING -p (\\w+) -m \\w+ --dport (\\d{1,5}) -j MARK --set-x?mark 0x([0-9a-f]{1,7})(?:/.*)?");
    private static final int HEXADECIMAL = 16;

    private TableText() {}

    static List<Forwarding> forwardingLines(String text, Optional<Instant> at) {
        List<Forwarding> entries = new ArrayList<>();
        text.lines().map(FORWARDING::matcher).filter(Matcher::matches).forEach(line -> {
            String rest = line.group(3);
            boolean permanent = rest.contains(" " + PERMANENT);
            entries.add(new Forwarding(
                    line.group(1), line.group(2), found(MASTER, rest), found(DESTINATION, rest), permanent, at));
        });
        return entries;
    }

    static List<Forwarding> forwardingJson(String text, Optional<Instant> at) {
        return objects(text).stream()
                .filter(entry -> entry.containsKey("mac") && entry.containsKey("ifname"))
                .map(entry -> new Forwarding(
                        entry.get("mac").toLowerCase(Locale.ROOT),
                        entry.get("ifname"),
                        entry.getOrDefault("master", ""),
                        entry.getOrDefault("dst", ""),
                        entry.getOrDefault("state", "").equals(PERMANENT),
                        at))
                .toList();
    }

    static List<Neighbour> neighbours(String text, Optional<Instant> at) {
        return objects(text).stream()
                .filter(entry -> entry.containsKey("dst") && entry.containsKey("lladdr"))
                .map(entry -> new Neighbour(
                        entry.get("dst"),
                        entry.get("lladdr").toLowerCase(Locale.ROOT),
                        entry.getOrDefault("dev", ""),
                        at))
                .toList();
    }

    static Map<String, Integer> vnisOfLines(String text) {
        Map<String, Integer> vnis = new HashMap<>();
        String device = "";
        for (String line : text.lines().toList()) {
            Matcher link = LINK.matcher(line);
            if (link.matches()) {
                device = link.group(1);
            }
            Matcher vxlan = VXLAN.matcher(line);
            if (vxlan.matches()) {
                vnis.put(device, Integer.valueOf(vxlan.group(1)));
            }
        }
        return vnis;
    }

    static Map<String, Integer> vnisOfJson(String text) {
        Map<String, Integer> vnis = new HashMap<>();
        for (Map<String, String> link : objects(text)) {
            if (link.getOrDefault("linkinfo.info_kind", "").equals("vxlan")) {
                number(link.get("linkinfo.info_data.id"))
                        .ifPresent(vni -> vnis.put(link.getOrDefault("ifname", ""), vni));
            }
        }
        return vnis;
    }

    /** The addresses of all interfaces; what {@code ip -j addr} nests is looked for wherever it is. */
    static List<String> addresses(String text) {
        return objects(text).stream()
                .flatMap(link -> link.entrySet().stream())
                .filter(member -> member.getKey().startsWith("addr_info.")
                        && member.getKey().endsWith(".local"))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    static List<BackendCounter> counters(String text) {
        List<BackendCounter> counters = new ArrayList<>();
        int mark = -1;
        for (String line : text.lines().toList()) {
            Matcher service = MARKED_SERVICE.matcher(line);
            Matcher backend = BACKEND.matcher(line);
            if (service.matches()) {
                mark = Integer.parseInt(service.group(1));
            } else if (OTHER_SERVICE.matcher(line).matches()) {
                mark = -1;
            } else if (mark >= 0 && backend.matches()) {
                counters.add(
                        new BackendCounter(mark, withoutBrackets(backend.group(1)), Long.parseLong(backend.group(2))));
            }
        }
        return counters;
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    static List<PortMark> marks(String text) {
        return text.lines()
                .map(PORT_MARK::matcher)
                .filter(Matcher::matches)
                .map(rule -> new PortMark(
                        rule.group(1), Integer.parseInt(rule.group(2)), Integer.parseInt(rule.group(3), HEXADECIMAL)))
                .toList();
    }

    /** Seconds since 1970, as {@code date +%s.%N} prints them. */
    static Optional<Instant> seconds(String text) {
        Matcher time = Pattern.compile("(\\d{1,11})(?:\\.(\\d{1,9}))?").matcher(text.strip());
        if (!time.matches()) {
            return Optional.empty();
        }
        String fraction = time.group(2) == null ? "" : time.group(2);
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(time.group(1)), nanos));
    }

    /**
     * The objects of an array, or the one that is there alone, each as its values by their paths. What comes before a break in
     * the JSON is kept.
     */
    static List<Map<String, String>> objects(String text) {
        List<Map<String, String>> objects = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken token;
            while ((token = parser.nextToken()) != null) {
                if (token == JsonToken.START_OBJECT) {
                    Map<String, String> object = new HashMap<>();
                    flatten(parser, "", object);
                    objects.add(object);
                }
            }
        } catch (IOException damaged) {
            // the rest is missing
        }
        return objects;
    }

    private static void flatten(JsonParser parser, String path, Map<String, String> into) throws IOException {
        int index = 0;
        boolean array = parser.currentToken() == JsonToken.START_ARRAY;
        while (true) {
            JsonToken token = parser.nextToken();
            if (token == null || token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                return;
            }
            String name = path + (array ? Integer.toString(index++) : parser.currentName());
            JsonToken value = array ? token : parser.nextToken();
            if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                flatten(parser, name + ".", into);
            } else {
                into.put(name, parser.getText());
            }
        }
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
