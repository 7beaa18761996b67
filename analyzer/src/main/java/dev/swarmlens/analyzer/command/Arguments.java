package dev.swarmlens.analyzer.command;

import dev.swarmlens.analyzer.fields.FieldCatalog;
import dev.swarmlens.analyzer.fields.PacketView;
import dev.swarmlens.analyzer.fields.Seconds;
import dev.swarmlens.analyzer.filter.Filter;
import dev.swarmlens.analyzer.filter.FilterException;
import dev.swarmlens.codecs.Binding;
import dev.swarmlens.codecs.Protocol;
import dev.swarmlens.codecs.ProtocolRegistry;
import dev.swarmlens.codecs.vxlan.VxlanProtocol;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** A parsed command line: options by their long names, and the captures. */
final class Arguments {
    private static final Pattern DECODE_AS = Pattern.compile("udp\\.port==(\\d+),(\\w+)");
    private static final int MAX_PORT = 65_535;

    private final CommandLine line;

    private Arguments(CommandLine line) {
        this.line = line;
    }

    static Arguments parse(Options options, List<String> arguments) throws UsageException {
        try {
            DefaultParser parser =
                    DefaultParser.builder().setAllowPartialMatching(false).get();
            return new Arguments(parser.parse(options, arguments.toArray(String[]::new)));
        } catch (UnrecognizedOptionException unknown) {
            throw new UsageException("unknown option " + unknown.getOption());
        } catch (MissingArgumentException missing) {
            throw new UsageException("option " + name(missing.getOption()) + " needs a value");
        } catch (ParseException other) {
            throw new UsageException(other.getMessage());
        }
    }

    private static String name(Option option) {
        return option.getLongOpt() == null ? "-" + option.getOpt() : "--" + option.getLongOpt();
    }

    boolean has(String option) {
        return line.hasOption(option);
    }

    String value(String option, String otherwise) {
        return line.getOptionValue(option, otherwise);
    }

    List<String> values(String option) {
        String[] values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    /** All options by their long names, in the order in which they were given; one without a value has an empty one. */
    List<Map.Entry<String, String>> inOrder() {
        return Arrays.stream(line.getOptions())
                .map(option -> Map.entry(option.getLongOpt(), Objects.requireNonNullElse(option.getValue(), "")))
                .toList();
    }

    /**
     * Makes sure that nothing is named after the options.
     *
     * @throws UsageException if something is
     */
    void expectNoOperands() throws UsageException {
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("unexpected argument " + line.getArgList().get(0));
        }
    }

    /** What is named after the options. */
    List<String> operands() {
        return line.getArgList();
    }

    /** The captures to read: those after the options, and those that {@code -r} names. */
    List<Input> inputs() throws UsageException {
        List<String> files = new ArrayList<>(values("read"));
        files.addAll(line.getArgList());
        return Input.of(files, has("resync"));
    }

    /** The value of an option that is one of several words. */
    String choice(String option, String otherwise, List<String> choices) throws UsageException {
        String value = value(option, otherwise);
        if (value != null && !choices.contains(value)) {
            throw new UsageException(
                    "option --" + option + " cannot be " + value + "; choose one of " + String.join(", ", choices));
        }
        return value;
    }

    /** A positive number, or {@link Integer#MAX_VALUE} for {@code all}. */
    int limit(String option, int otherwise) throws UsageException {
        String value = value(option, null);
        if (value == null) {
            return otherwise;
        }
        return value.equals("all") ? Integer.MAX_VALUE : number(option, value, Integer.MAX_VALUE);
    }

    /** A number from 0 to a greatest one. */
    int number(String option, int otherwise, int max) throws UsageException {
        String value = value(option, null);
        return value == null ? otherwise : number(option, value, max);
    }

    /** A number from 1 to a greatest one. */
    int count(String option, int otherwise, int max) throws UsageException {
        String value = value(option, null);
        return value == null ? otherwise : number(option, value, 1, max);
    }

    /** A point in time, in nanoseconds since 1970. */
    long time(String option, long otherwise) throws UsageException {
        String value = value(option, null);
        if (value == null) {
            return otherwise;
        }
        try {
            return Seconds.nanos(value);
        } catch (NumberFormatException notSeconds) {
            // it may be a date
        }
        try {
            String date = value.replace(' ', 'T');
            Instant instant = date.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(date).toInstant()
                    : LocalDateTime.parse(date).atZone(ZoneId.systemDefault()).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException notATime) {
            throw new UsageException("option --" + option
                    + " needs a time such as 2026-11-22T11:32:00Z or seconds since 1970, not " + value);
        }
    }

    static int number(String option, String value, int max) throws UsageException {
        return number(option, value, 0, max);
    }

    private static int number(String option, String value, int min, int max) throws UsageException {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new UsageException(
                "option --" + option + " needs a number from " + min + " to " + max + ", not " + value);
    }

    /** The protocols, with VXLAN on the ports that the user says. */
    ProtocolRegistry registry() throws UsageException {
        ProtocolRegistry standard = ProtocolRegistry.standard();
        ProtocolRegistry.Builder registry = standard.toBuilder();
        for (String port : values("vxlan-port")) {
            registry.bind(Binding.UDP_DESTINATION_PORT, number("vxlan-port", port, MAX_PORT), VxlanProtocol.INSTANCE);
        }
        for (String decodeAs : values("decode-as")) {
            Matcher matcher = DECODE_AS.matcher(decodeAs);
            if (!matcher.matches()) {
                throw new UsageException("option --decode-as needs the form udp.port==7789,vxlan, not " + decodeAs);
            }
            registry.bind(
                    Binding.UDP_DESTINATION_PORT,
                    number("decode-as", matcher.group(1), MAX_PORT),
                    protocol(standard, matcher.group(2)));
        }
        return registry.build();
    }

    /** Which packets the display filter wants, if there is one. */
    Optional<Predicate<PacketView>> filter(ProtocolRegistry registry) throws FilterException {
        String filter = value("display-filter", null);
        return filter == null
                ? Optional.empty()
                : Optional.of(Filter.compile(filter, new FieldCatalog(registry))::matches);
    }

    private static Protocol protocol(ProtocolRegistry registry, String name) throws UsageException {
        for (Protocol protocol : registry.protocols()) {
            if (protocol.name().equals(name)) {
                return protocol;
            }
        }
        throw new UsageException("option --decode-as names an unknown protocol, " + name);
    }
}
