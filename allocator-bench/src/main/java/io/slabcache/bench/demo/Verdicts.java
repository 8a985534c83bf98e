package io.slabcache.bench.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Says which contenders did more than the library, and which did less. What differs from round to round says nothing. */
public final class Verdicts {

    private Verdicts() {}

    /**
     * Returns a line for each verdict that some contender got, and one with their names.
     *
     * @param what the contenders do, such as "packets"
     * @param ratios of each other contender to the library
     */
    public static String of(String what, Map<String, RoundRatio> ratios) {
        return of("More " + what + " than slabcache in every round:", ratios, RoundRatio::isAboveOne)
                + of("Fewer " + what + " than slabcache in every round:", ratios, RoundRatio::isBelowOne)
                + of(
                        "Not told apart from slabcache by these rounds:",
                        ratios,
                        ratio -> !ratio.isAboveOne() && !ratio.isBelowOne());
    }

    private static String of(String title, Map<String, RoundRatio> ratios, Predicate<RoundRatio> chosen) {
        List<String> names = ratios.entrySet().stream()
                .filter(entry -> chosen.test(entry.getValue()))
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s (%.2f)",
                        entry.getKey(),
                        entry.getValue().median()))
                .toList();
        return names.isEmpty() ? "" : String.format("%s%n  %s.%n", title, String.join(", ", names));
    }
}
