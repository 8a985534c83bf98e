package io.slabcache.bench.report;

import io.slabcache.bench.workload.Workload;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One sentence a workload that says what its numbers mean. */
public final class Sentences {

    private Sentences() {}

    /** Says what was done, and what {@link #result} says, unless the run was too noisy for that. */
    public static String about(String workload, List<Row> rows, boolean isNoisy) {
        String done = Arrays.stream(Workload.values())
                .filter(known -> known.id().equals(workload))
                .map(known -> capital(known.about()) + ". ")
                .findFirst()
                .orElse("");
        return isNoisy ? done.strip() : done + result(rows);
    }

    /** Says how Slabcache's default form stands to the fastest peer. */
    static String result(List<Row> rows) {
        Optional<Row> slabcache = rows.stream()
                .filter(row -> row.subject().equals(Summary.SLABCACHE))
                .findFirst();
        Optional<Row> peer = rows.stream()
                .filter(row ->
                        !row.subject().startsWith("slabcache") && !row.subject().startsWith("limit"))
                .min(Comparator.comparingDouble(row -> row.nanoseconds().median()));
        if (slabcache.isEmpty() || peer.isEmpty()) {
            return "Shorter is faster.";
        }
        Interval ratio = peer.get().toSlabcacheInterval();
        if (ratio != null && ratio.low() <= 1 && ratio.high() >= 1) {
            return "%s takes %s ns, as long as the fastest peer, %s, as far as this run can tell."
                    .formatted(
                            Summary.SLABCACHE,
                            Units.number(slabcache.get().nanoseconds().median()),
                            peer.get().subject());
        }
        double own = slabcache.get().nanoseconds().median();
        double other = peer.get().nanoseconds().median();
        return own <= other
                ? "%s takes %s ns, %s times less than the fastest peer, %s."
                        .formatted(
                                Summary.SLABCACHE,
                                Units.number(own),
                                Units.number(other / own),
                                peer.get().subject())
                : "%s takes %s ns, %s times as long as the fastest peer, %s."
                        .formatted(
                                Summary.SLABCACHE,
                                Units.number(own),
                                Units.number(own / other),
                                peer.get().subject());
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
