package dev.swarmlens.analyzer.inventory;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Addresses as text, IPv4 before the others and by number, so that 10.0.0.9 comes before 10.0.0.10. */
enum AddressOrder implements Comparator<String> {
    INSTANCE;

    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int OCTETS = 4;
    private static final long NOT_IPV4 = Long.MAX_VALUE;

    private static final Comparator<String> ORDER =
            Comparator.comparingLong(AddressOrder::number).thenComparing(Comparator.naturalOrder());

    @Override
    public int compare(String one, String other) {
        return ORDER.compare(one, other);
    }

    private static long number(String address) {
        String[] octets = DOT.split(address, -1);
        if (octets.length != OCTETS) {
            return NOT_IPV4;
        }
        long number = 0;
        for (String octet : octets) {
            try {
                number = number << Byte.SIZE | Integer.parseInt(octet);
            } catch (NumberFormatException odd) {
                return NOT_IPV4;
            }
        }
        return number;
    }
}
