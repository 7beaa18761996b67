package dev.swarmlens.codecs.ipv4;

import dev.swarmlens.codecs.BigEndian;
import dev.swarmlens.codecs.Bytes;
import dev.swarmlens.codecs.Ipv4Address;
import dev.swarmlens.codecs.OptionList;
import dev.swarmlens.codecs.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An option of an IPv4 header, RFC 791 section 3.1. Any bytes read as a list of options, and {@link #write} gives the same
 * bytes again.
 */
public sealed interface Ipv4Option {
    /** Type: record route. */
    int RECORD_ROUTE = 7;
    /** Type: loose source and record route. */
    int LOOSE_SOURCE_ROUTE = 131;
    /** Type: strict source and record route. */
    int STRICT_SOURCE_ROUTE = 137;
    /** Type: router alert. */
    int ROUTER_ALERT = 148;

    /** The option as it stands on the wire. */
    Bytes toBytes();

    /**
     * The end of the list.
     *
     * @param padding what follows it in the header
     */
    record End(Bytes padding) implements Ipv4Option {
        @Override
        public Bytes toBytes() {
            return Bytes.join(Bytes.of((byte) OptionList.END), padding);
        }
    }

    /** Nothing, for alignment. */
    record NoOperation() implements Ipv4Option {
        @Override
        public Bytes toBytes() {
            return Bytes.of((byte) OptionList.NO_OPERATION);
        }
    }

    /**
     * A route to be taken or recorded.
     *
     * @param type {@link #RECORD_ROUTE}, {@link #LOOSE_SOURCE_ROUTE} or {@link #STRICT_SOURCE_ROUTE}
     * @param pointer which address comes next, counted in bytes from the option's type on, the first being 4; 0 to 255
     * @param addresses the route
     */
    record Route(int type, int pointer, List<Ipv4Address> addresses) implements Ipv4Option {
        /**
         * Checks the ranges and keeps a copy of the list.
         *
         * @throws IllegalArgumentException if {@code type} is no route or {@code pointer} does not fit into 8 bits
         */
        public Route {
            if (!isRoute(type)) {
                throw new IllegalArgumentException("IPv4 option type " + type + " is no route: 7, 131 or 137");
            }
            Ranges.checkBits("IPv4 route pointer", pointer, 8);
            addresses = List.copyOf(addresses);
        }

        static boolean isRoute(int type) {
            return type == RECORD_ROUTE || type == LOOSE_SOURCE_ROUTE || type == STRICT_SOURCE_ROUTE;
        }

        @Override
        public Bytes toBytes() {
            byte[] data = new byte[1 + addresses.size() * Ipv4Address.LENGTH];
            BigEndian.put8(data, 0, pointer);
            for (int i = 0; i < addresses.size(); i++) {
                BigEndian.put32(
                        data, 1 + i * Ipv4Address.LENGTH, addresses.get(i).bits());
            }
            return OptionList.option(type, data);
        }
    }

    /**
     * Every router shall look at the datagram, RFC 2113 section 2.1.
     *
     * @param value 0 for every router; 0 to 65535
     */
    record RouterAlert(int value) implements Ipv4Option {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the value does not fit into 16 bits
         */
        public RouterAlert {
            Ranges.checkBits("IPv4 router alert value", value, 16);
        }

        @Override
        public Bytes toBytes() {
            byte[] data = new byte[2];
            BigEndian.put16(data, 0, value);
            return OptionList.option(ROUTER_ALERT, data);
        }
    }

    /**
     * Any other option, or one of the above with a length that it must not have.
     *
     * @param type 2 to 255
     * @param data what follows type and length, up to 253 bytes
     */
    record Unknown(int type, Bytes data) implements Ipv4Option {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if {@code type} is outside 2 to 255 or there are more than 253 bytes of data
         */
        public Unknown {
            OptionList.check("IPv4", type, data);
        }

        @Override
        public Bytes toBytes() {
            return OptionList.option(type, data.toArray());
        }
    }

    /**
     * What is no option: its length is missing, smaller than 2 or larger than what is left.
     *
     * @param rest everything from its type on
     */
    record Malformed(Bytes rest) implements Ipv4Option {
        @Override
        public Bytes toBytes() {
            return rest;
        }
    }

    /**
     * Reads the options of a header one by one.
     *
     * @param options as {@link Ipv4#options} has them
     */
    static List<Ipv4Option> read(Bytes options) {
        return OptionList.read(options, new Ipv4OptionReader());
    }

    /** Joins options, filled up with zeros to whole words, for {@link Ipv4#withOptions(Bytes)}. */
    static Bytes write(Ipv4Option... options) {
        return OptionList.write(Stream.of(options).map(Ipv4Option::toBytes).toArray(Bytes[]::new));
    }
}

/** Tells the types apart. */
final class Ipv4OptionReader implements OptionList.Reader<Ipv4Option> {
    @Override
    public Ipv4Option end(Bytes padding) {
        return new Ipv4Option.End(padding);
    }

    @Override
    public Ipv4Option noOperation() {
        return new Ipv4Option.NoOperation();
    }

    @Override
    public Ipv4Option option(int type, Bytes data) {
        if (type == Ipv4Option.ROUTER_ALERT && data.length() == 2) {
            return new Ipv4Option.RouterAlert(data.u16(0));
        }
        if (Ipv4Option.Route.isRoute(type) && data.length() % Ipv4Address.LENGTH == 1) {
            List<Ipv4Address> addresses = new ArrayList<>();
            for (int at = 1; at < data.length(); at += Ipv4Address.LENGTH) {
                addresses.add(new Ipv4Address((int) data.u32(at)));
            }
            return new Ipv4Option.Route(type, data.at(0), addresses);
        }
        return new Ipv4Option.Unknown(type, data);
    }

    @Override
    public Ipv4Option malformed(Bytes rest) {
        return new Ipv4Option.Malformed(rest);
    }
}
