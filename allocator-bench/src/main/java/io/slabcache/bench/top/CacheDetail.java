package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.CacheSample.SiteSample;
import io.slabcache.bench.attach.CacheSample.StepSample;
import io.slabcache.bench.attach.CacheSample.ThreadSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything that is known of one cache, as lines. */
final class CacheDetail {

    private static final int BAR = 30;
    private static final long FIRST_BUCKET_END = 128;

    /** The library's sign that there is no bound. */
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final List<String> lines = new ArrayList<>();

    private CacheDetail() {}

    static List<String> of(CacheSample sample) {
        CacheDetail detail = new CacheDetail();
        detail.lines.add("Cache '" + Column.printable(sample.name()) + "' (#" + sample.id() + ")");
        detail.addFigures(sample);
        if (sample.steps().isEmpty()
                && sample.threads().isEmpty()
                && sample.sites().isEmpty()) {
            // They come after the figures, and an unused cache has none.
            detail.lines.add("Slow path, magazines, traces: nothing known yet");
            return detail.lines;
        }
        detail.addSteps(sample.steps());
        detail.addThreads(sample.threads());
        detail.addSites(sample.sites());
        return detail.lines;
    }

    private void addFigures(CacheSample sample) {
        for (Map.Entry<String, Long> figure : sample.figures().entrySet()) {
            long value = figure.getValue();
            boolean isBytes = figure.getKey().endsWith("Bytes");
            String text = value == UNBOUNDED ? "unbounded" : Long.toString(value);
            String note = isBytes && value != UNBOUNDED ? "  " + Numbers.bytes(value) : rate(sample, figure.getKey());
            lines.add(String.format(Locale.ROOT, "  %-20s %20s%s", figure.getKey(), text, note)
                    .stripTrailing());
        }
    }

    private static String rate(CacheSample sample, String figure) {
        double rate = sample.rate(figure).orElse(0);
        return rate > 0 && !figure.startsWith("longest") ? "  " + Numbers.count(rate) + "/s" : "";
    }

    private void addSteps(List<StepSample> steps) {
        if (steps.isEmpty()) {
            lines.add("Slow path: no step was timed");
            return;
        }
        lines.add(String.format(Locale.ROOT, "%-14s %10s %8s %8s %8s", "Slow path", "count", "p50", "p99", "longest"));
        for (StepSample step : steps) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-12s %10d %8s %8s %8s",
                    step.step(),
                    step.count(),
                    Numbers.nanos(step.p50()),
                    Numbers.nanos(step.p99()),
                    Numbers.nanos(step.longest())));
            addHistogram(step.counts());
        }
    }

    private void addHistogram(List<Long> counts) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            long count = counts.get(bucket);
            if (count > 0) {
                int length = (int) Math.max(1, BAR * count / most);
                boolean isLast = bucket == counts.size() - 1 && bucket > 0;
                lines.add(String.format(
                        Locale.ROOT,
                        "    %s %7s %10d %s",
                        isLast ? ">=" : "< ",
                        Numbers.nanos(isLast ? end(bucket - 1) : end(bucket)),
                        count,
                        "#".repeat(length)));
            }
        }
    }

    private static double end(int bucket) {
        return FIRST_BUCKET_END * Math.pow(2, bucket);
    }

    private void addThreads(List<ThreadSample> threads) {
        if (threads.isEmpty()) {
            lines.add("Magazines: no thread has any");
            return;
        }
        lines.add("Magazines by thread, in objects");
        threads.stream()
                .sorted(Comparator.comparingLong(ThreadSample::cachedObjects).reversed())
                .forEach(thread -> lines.add(String.format(
                        Locale.ROOT,
                        "  %10d  %s%s",
                        thread.cachedObjects(),
                        Column.printable(thread.thread()),
                        thread.threadId() > 0 ? " (#" + thread.threadId() + ")" : "")));
    }

    private void addSites(List<SiteSample> sites) {
        if (sites.isEmpty()) {
            lines.add("Traces: none; -Dslabcache.debug tracks where objects were allocated");
            return;
        }
        for (SiteSample site : sites) {
            lines.add("Live: " + site.objects() + (site.objects() == 1 ? " object" : " objects") + " allocated");
            site.stack().forEach(frame -> lines.add("    at " + Column.printable(frame)));
        }
    }
}
