package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A column of the table of caches. Sorted by one, the largest number is first; by the name, the first letter. */
enum Column {
    ID("ID", 4, sample -> sample.id(), Numbers::count),
    SIZE("SIZE", 6, sample -> sample.figure("objectSize"), Numbers::bytes),
    LIVE("LIVE", 6, sample -> sample.figure("liveObjects"), Numbers::count),
    CACHED("CACHED", 7, sample -> sample.figure("cachedObjects"), Numbers::count),
    TOTAL("TOTAL", 6, sample -> sample.figure("totalObjects"), Numbers::count),
    MEMORY("MEMORY", 7, sample -> sample.figure("reservedBytes"), Numbers::bytes),
    ALLOCATIONS("ALLOC/s", 8, sample -> orNone(sample.rate("allocations")), Numbers::count),
    FREES("FREE/s", 7, sample -> orNone(sample.rate("frees")), Numbers::count),
    HITS("HIT%", 5, sample -> sample.hitPercent(), hits -> String.format(Locale.ROOT, "%.1f", hits)),
    SLABS("SLABS", 6, sample -> sample.figure("slabs"), Numbers::count),
    STALLS("STALLS", 7, sample -> sample.figure("growthStalls"), Numbers::count),
    WAITS("WAITS", 6, sample -> sample.figure("contendedLocks"), Numbers::count),
    MISUSES("MISUSE", 7, sample -> sample.figure("misuses"), Numbers::count),
    THREADS("THREADS", 8, sample -> sample.figure("threadCaches"), Numbers::count),
    HEAP("HEAP", 6, sample -> sample.figure("heapBytes"), Numbers::bytes),
    NAME("NAME", 12, sample -> 0, number -> "") {
        @Override
        String text(CacheSample sample) {
            return printable(sample.name());
        }

        @Override
        Comparator<CacheSample> order() {
            return Comparator.comparing(CacheSample::name).thenComparing(CacheSample::id);
        }
    };

    private static final double NONE = Double.NEGATIVE_INFINITY;

    private final String heading;
    private final int width;
    private final ToDoubleFunction<CacheSample> value;
    private final Function<Double, String> format;

    Column(String heading, int width, ToDoubleFunction<CacheSample> value, Function<Double, String> format) {
        this.heading = heading;
        this.width = width;
        this.value = value;
        this.format = format;
    }

    private static double orNone(OptionalDouble value) {
        return value.orElse(NONE);
    }

    /** Shows a name that may have any characters on one line: no control character reaches the terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    String heading() {
        return heading;
    }

    int width() {
        return width;
    }

    String text(CacheSample sample) {
        double number = value.applyAsDouble(sample);
        return number == NONE ? "-" : format.apply(number);
    }

    Comparator<CacheSample> order() {
        return Comparator.comparingDouble(value).reversed().thenComparing(CacheSample::id);
    }

    /** Returns as many columns as fit, the name last, which gets the rest of the width. */
    static List<Column> fitting(int width) {
        List<Column> fitting = new ArrayList<>();
        int left = width - NAME.width;
        for (Column column : values()) {
            if (column != NAME && left > column.width) {
                fitting.add(column);
                left -= column.width + 1;
            }
        }
        fitting.add(NAME);
        return fitting;
    }
}
