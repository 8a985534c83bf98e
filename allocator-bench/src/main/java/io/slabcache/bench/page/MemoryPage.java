package io.slabcache.bench.page;

import io.slabcache.bench.memory.AccessMeasurement;
import io.slabcache.bench.memory.MemoryMeasurement;
import io.slabcache.bench.memory.MemoryResults;
import io.slabcache.bench.memory.MemoryRow;
import io.slabcache.bench.memory.Reading;
import io.slabcache.bench.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page of a run of {@code memory}: the memory of the process over time, and the cost of random accesses. */
final class MemoryPage {

    private static final double MIB = 1 << 20;
    private static final double SECOND = 1_000;
    private static final String COLOUR = "#2f7ed8";

    private MemoryPage() {}

    static Page of(MemoryResults results) {
        List<String> facts = new ArrayList<>(Facts.of(results.origin()));
        facts.add(String.format(
                Locale.ROOT,
                "A burst of %,d objects of %,d bytes",
                results.plan().objects(),
                results.plan().objectSize()));
        List<Figure> figures = new ArrayList<>();
        if (!results.forks().isEmpty()) {
            figures.add(overTime(results));
        }
        if (!results.accesses().isEmpty()) {
            figures.add(accesses(results.accesses()));
        }
        return new Page("Slabcache: memory over time", facts, figures);
    }

    private static Figure overTime(MemoryResults results) {
        List<Charts.Line> lines = new ArrayList<>();
        MemoryMeasurement first = results.forks().getFirst();
        lines.add(new Charts.Line(
                "live objects (" + first.subject() + ")",
                first.samples().stream()
                        .map(reading -> point(reading, reading.liveBytes()))
                        .toList()));
        for (MemoryMeasurement fork : results.forks()) {
            lines.add(new Charts.Line(
                    fork.subject(),
                    fork.samples().stream()
                            .map(reading -> point(reading, reading.bytes()))
                            .toList()));
        }
        return new Figure(
                "resident",
                "memory of the process over time",
                "A steady load, a burst, nine of ten objects freed, then all; then the call that gives memory back, if "
                        + "there is one, and idle time. The closer a line stays to the live objects, the better.",
                Charts.lines(
                        Charts.axis("value", "seconds", "plain", 28),
                        Charts.axis("value", "MiB above the start", "plain", 52),
                        lines),
                Charts.LINES_PIXELS,
                new TextTable(
                        List.of(
                                "subject",
                                "live MiB",
                                "peak MiB",
                                "x live, all",
                                "x live, steady",
                                "tenth MiB",
                                "empty MiB",
                                "shrunk MiB",
                                "idle MiB"),
                        results.summary().stream().map(MemoryPage::cells).toList()));
    }

    private static double[] point(Reading reading, long bytes) {
        return new double[] {reading.millis() / SECOND, bytes / MIB};
    }

    private static List<String> cells(MemoryRow row) {
        return List.of(
                row.subject(),
                mib(row.liveBytes()),
                mib(row.peakBytes()),
                Units.number(row.fullRatio()),
                Units.number(row.steadyRatio()),
                mib(row.tenthBytes()),
                mib(row.emptyBytes()),
                mib(row.shrunkBytes()),
                mib(row.idleBytes()));
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%,.0f", bytes / MIB);
    }

    private static Figure accesses(List<AccessMeasurement> accesses) {
        return new Figure(
                "accesses",
                "random accesses",
                "One read at a random place among all objects; huge pages need fewer entries of the processor's table "
                        + "of pages. Shorter is faster.",
                Charts.bars(
                        "nanoseconds",
                        accesses.stream()
                                .map(access -> new Charts.Bar(
                                        access.subject(),
                                        access.nanosPerAccess(),
                                        access.nanosPerAccess(),
                                        access.nanosPerAccess(),
                                        COLOUR))
                                .toList()),
                Charts.height(accesses.size()),
                new TextTable(
                        List.of("subject", "ns", "MiB", "MiB in huge pages"),
                        accesses.stream()
                                .map(access -> List.of(
                                        access.subject(),
                                        Units.number(access.nanosPerAccess()),
                                        mib(access.bytes()),
                                        mib(access.hugeBytes())))
                                .toList()));
    }
}
