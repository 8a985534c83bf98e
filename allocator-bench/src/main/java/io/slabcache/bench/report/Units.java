package io.slabcache.bench.report;

import java.util.Locale;

/** Numbers with the unit that makes them short; in ASCII, for every console. */
public final class Units {

    private static final double STEP = 1_000;
    private static final double HUNDRED = 100;
    private static final double TWO_DIGITS = 9.95;
    private static final String[] TIMES = {"ns", "us", "ms", "s"};

    private Units() {}

    /** Returns two decimals, or none from 100 on. */
    public static String number(double value) {
        return String.format(Locale.ROOT, value < HUNDRED ? "%.2f" : "%.0f", value);
    }

    /** Returns two or three digits and a unit, at most seven characters. */
    public static String time(double nanos) {
        double value = nanos;
        int unit = 0;
        while (value >= STEP - 0.5 && unit < TIMES.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && value < TWO_DIGITS ? "%.1f %s" : "%.0f %s", value, TIMES[unit]);
    }
}
