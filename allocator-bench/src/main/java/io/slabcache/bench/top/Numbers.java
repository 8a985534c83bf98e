package io.slabcache.bench.top;

import java.util.Locale;

/** Numbers in few columns, for tables that a person reads. */
final class Numbers {

    private static final String[] THOUSANDS = {"", "k", "M", "G", "T", "P", "E"};
    private static final String[] BINARY = {"B", "K", "M", "G", "T", "P", "E"};

    /** From here on a number is shortened. */
    private static final long SHORT = 100_000;

    private Numbers() {}

    /** At most six characters, such as 99999, 1.23M. */
    static String count(double number) {
        if (Math.abs(number) < SHORT) {
            return String.format(Locale.ROOT, "%.0f", number);
        }
        return scaled(number, 1_000, THOUSANDS);
    }

    /** At most six characters, such as 512B, 64.0K, 1.50G. */
    static String bytes(double bytes) {
        return Math.abs(bytes) < 1_024 ? String.format(Locale.ROOT, "%.0fB", bytes) : scaled(bytes, 1_024, BINARY);
    }

    /** At most six characters, such as 850ns, 12.3us, 4.50ms, 1.20s. */
    static String nanos(double nanos) {
        String[] units = {"ns", "us", "ms", "s"};
        int unit = 0;
        double value = nanos;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return (unit == 0 ? String.format(Locale.ROOT, "%.0f", value) : digits(value)) + units[unit];
    }

    private static String scaled(double number, double base, String[] units) {
        int unit = 0;
        double value = number;
        while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
            value /= base;
            unit++;
        }
        return digits(value) + units[unit];
    }

    /** Three digits. */
    private static String digits(double value) {
        double size = Math.abs(value);
        String format = size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
