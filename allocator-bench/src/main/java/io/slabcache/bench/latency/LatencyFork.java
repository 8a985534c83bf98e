package io.slabcache.bench.latency;

import io.slabcache.bench.run.ChildJvm;
import io.slabcache.bench.slots.SlotAllocator;
import io.slabcache.bench.slots.SlotPlan;
import io.slabcache.bench.slots.SlotSubject;
import io.slabcache.bench.slots.SlotThread;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures one subject, in a JVM of its own. */
public final class LatencyFork {

    private static final int WARMUP_OBJECTS = 4_096;
    private static final double WARMUP_INTERVAL_NANOS = 500;
    private static final double NANOS_PER_MILLI = 1e6;

    private final LatencyTask task;
    private final SlotSubject subject;
    private final long longestNanos;

    private LatencyFork(LatencyTask task) {
        this.task = task;
        this.subject = SlotSubject.of(task.subject());
        this.longestNanos = TimeUnit.SECONDS.toNanos(task.longestSeconds());
    }

    /** Called by {@link ChildJvm}. */
    public static void main(String[] arguments) throws Exception {
        ChildJvm.serve(arguments, LatencyTask.class, task -> new LatencyFork(task).run());
    }

    private LatencyMeasurement run() throws Exception {
        warmUp();
        long start = System.nanoTime();
        try (SlotAllocator allocator = subject.open(task.plan())) {
            double openMillis = millis(System.nanoTime() - start);
            return SlotThread.call(allocator, () -> measure(allocator, openMillis));
        }
    }

    /** Compiles the code of the load and the allocator. */
    private void warmUp() throws Exception {
        long start = System.nanoTime();
        SlotPlan small = new SlotPlan(WARMUP_OBJECTS, task.plan().objectSize(), WARMUP_OBJECTS);
        while (millis(System.nanoTime() - start) < task.warmupMillis()) {
            try (SlotAllocator allocator = subject.open(small)) {
                SlotThread.call(allocator, () -> {
                    GrowthLoad load = new GrowthLoad(allocator, System::nanoTime);
                    load.grow(WARMUP_OBJECTS, WARMUP_INTERVAL_NANOS, longestNanos);
                    load.freeAll(longestNanos);
                    return allocator.shrink();
                });
            }
        }
    }

    private LatencyMeasurement measure(SlotAllocator allocator, double openMillis) throws InterruptedException {
        GrowthLoad load = new GrowthLoad(allocator, System::nanoTime);
        int objects = task.plan().objects();
        try (Beside beside = Beside.start(allocator, objects)) {
            long growNanos = load.grow(objects, task.intervalNanos(), longestNanos);
            int grown = load.live();
            beside.enter(Phase.FREE);
            long freeNanos = load.freeAll(longestNanos);
            beside.enter(Phase.SHRINK);
            long shrinkStart = System.nanoTime();
            boolean shrinks = allocator.shrink();
            double shrinkMillis = millis(System.nanoTime() - shrinkStart);
            beside.end();
            return new LatencyMeasurement(
                    task.subject(),
                    task.round(),
                    openMillis,
                    millis(growNanos),
                    grown,
                    millis(freeNanos),
                    load.live(),
                    shrinks ? shrinkMillis : null,
                    allocator.growthStalls().orElse(null),
                    histograms(load, beside));
        }
    }

    private static Map<Series, String> histograms(GrowthLoad load, Beside beside) {
        Map<Series, String> histograms = new EnumMap<>(Series.class);
        histograms.put(Series.ALLOCATE, load.allocations.encode());
        histograms.put(Series.WRITE, load.touches.encode());
        histograms.put(Series.FREE, load.frees.encode());
        histograms.put(Series.CALL, load.calls.encode());
        histograms.put(Series.GAP, load.gaps.encode());
        histograms.put(Series.HICCUP, beside.hiccups().encode());
        histograms.put(Series.BYSTANDER_GROW, beside.waits(Phase.GROW).encode());
        histograms.put(Series.BYSTANDER_FREE, beside.waits(Phase.FREE).encode());
        histograms.put(Series.BYSTANDER_SHRINK, beside.waits(Phase.SHRINK).encode());
        return histograms;
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
