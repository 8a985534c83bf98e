package io.slabcache.bench.demo;

import java.util.Locale;
import java.util.Map;

/**
 * How a figure stands to that of another contender of the same round.
 *
 * @param rounds that both have
 * @param median of the rounds
 * @param lowest of the rounds
 * @param highest of the rounds
 */
public record RoundRatio(int rounds, double median, double lowest, double highest) {

    /** Returns the ratio over the rounds that both have; needs one at least. */
    public static RoundRatio of(Map<Integer, Double> figures, Map<Integer, Double> others) {
        double[] ratios = figures.keySet().stream()
                .filter(others::containsKey)
                .mapToDouble(round -> figures.get(round) / others.get(round))
                .sorted()
                .toArray();
        int middle = ratios.length / 2;
        double median = ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
        return new RoundRatio(ratios.length, median, ratios[0], ratios[ratios.length - 1]);
    }

    /** Returns whether all rounds say so. One alone says nothing. */
    public boolean isAboveOne() {
        return rounds > 1 && lowest > 1;
    }

    /** Returns whether all rounds say so. One alone says nothing. */
    public boolean isBelowOne() {
        return rounds > 1 && highest < 1;
    }

    /** Returns the lowest and the highest ratio, in ASCII. */
    public String range() {
        return String.format(Locale.ROOT, "%.2f-%.2f", lowest, highest);
    }
}
