package io.slabcache.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The targets of the slow path and of bursts. Each ratio is taken within a round; the median of the rounds counts. */
public final class CostRatios {
    private static final String ROW = "  %-44s %10s %8s %9s  %s%n";

    private static final double SWAPS = 3;
    private static final double EXCHANGES = 4;

    private static final List<String> BURSTS = List.of("32", "500", "1000", "5000");

    /** Objects of 256 bytes are not coloured, so what the others say is known to this precision. */
    private static final Map<String, Double> MOST_BY_SIZE =
            new TreeMap<>(Map.of("256", 1.05, "2048", 1.0, "4096", 1.0));

    /** A row: what is measured in nanoseconds, and what it is divided by. */
    private record Cost(
            String about,
            ToDoubleFunction<Map<String, Double>> nanoseconds,
            ToDoubleFunction<Map<String, Double>> limit,
            Bound bound) {}

    private CostRatios() {}

    /** Returns the table of all rounds, each a map from benchmarks to nanoseconds. */
    public static String render(List<Map<String, Double>> rounds) {
        StringBuilder text = new StringBuilder(line("", "ns", "ratio", "target", ""));
        for (Cost cost : costs()) {
            double ratio =
                    median(rounds, round -> cost.nanoseconds.applyAsDouble(round) / cost.limit.applyAsDouble(round));
            text.append(line(
                    cost.about,
                    Table.number(median(rounds, cost.nanoseconds)),
                    Table.number(ratio),
                    cost.bound.toString(),
                    verdict(cost.bound, ratio)));
        }
        return text.toString();
    }

    /** The time of a step is a difference of two times. One that is not above 0 says nothing but that the machine is busy. */
    private static String verdict(Bound bound, double ratio) {
        if (ratio <= 0) {
            return "noise";
        }
        return bound.isMetBy(ratio) ? "met" : "not";
    }

    private static List<Cost> costs() {
        ToDoubleFunction<Map<String, Double>> sections = round -> round.get("twoLockSections");
        ToDoubleFunction<Map<String, Double>> section = round -> round.get("twoLockSections") / 2;
        List<Cost> costs = new ArrayList<>();
        costs.add(new Cost(
                "lockless(false), pair / two lock sections",
                round -> round.get("lockedPair"),
                sections,
                Bound.atMost(4)));
        costs.add(new Cost(
                "swap of magazines, in ns",
                round -> (round.get("burst24Swapping") - round.get("burst24")) / SWAPS,
                round -> 1,
                Bound.atMost(30)));
        costs.add(new Cost(
                "exchange with the depot, swap / lock section",
                round -> (round.get("burst64Exchanging") - round.get("burst64")) / EXCHANGES,
                section,
                Bound.atMost(5)));
        for (String burst : BURSTS) {
            costs.add(perObject(burst, "unchecked", "limit", 1.3));
            costs.add(perObject(burst, "checked", "limit", 2));
            costs.add(perObject(burst, "bulkUnchecked", "limit", 1.3));
            costs.add(perObject(burst, "bulkChecked", "limit", 2));
            costs.add(perObject(burst, "segments", "limitSegments", 1.5));
        }
        MOST_BY_SIZE.forEach((size, most) -> costs.add(new Cost(
                "headers of " + size + " bytes, coloured / packed",
                round -> round.get("headersColoured " + size),
                round -> round.get("headersPacked " + size),
                Bound.atMost(most))));
        return costs;
    }

    private static Cost perObject(String burst, String benchmark, String limit, double most) {
        double objects = Double.parseDouble(burst);
        return new Cost(
                "burst of " + burst + ", " + benchmark + " / " + limit,
                round -> round.get(benchmark + " " + burst) / objects,
                round -> round.get(limit + " " + burst) / objects,
                Bound.atMost(most));
    }

    private static double median(List<Map<String, Double>> rounds, ToDoubleFunction<Map<String, Double>> value) {
        double[] values = rounds.stream().mapToDouble(value).sorted().toArray();
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing() + System.lineSeparator();
    }
}
