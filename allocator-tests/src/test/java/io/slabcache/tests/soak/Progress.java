package io.slabcache.tests.soak;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.ResidentMemory;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints the progress of a run every few seconds, on a thread of its own that ends with the run. */
final class Progress {
    private final SoakRun run;
    private final PrintStream to;
    private final Thread thread;
    private Duration lastElapsed = Duration.ZERO;
    private long lastAllocations;

    Progress(SoakRun run, Duration interval, PrintStream to) {
        this.run = run;
        this.to = to;
        this.thread = Thread.ofPlatform().daemon().name("progress").start(() -> {
            try {
                while (true) {
                    Thread.sleep(interval);
                    say();
                }
            } catch (InterruptedException e) {
                // The run is over.
            }
        });
    }

    private void say() {
        List<SlabCacheStats> stats =
                run.targets().stream().map(target -> target.cache().stats()).toList();
        Duration elapsed = run.elapsed();
        long allocations = run.targets().stream()
                .mapToLong(target -> target.allocated().sum())
                .sum();
        double perSecond = 1e9
                * (allocations - lastAllocations)
                / Math.max(1, elapsed.minus(lastElapsed).toNanos());
        lastElapsed = elapsed;
        lastAllocations = allocations;
        to.printf(
                Locale.ROOT,
                "%7d s: %,d steps, %,d calls cut short, %,.0f allocations/s, %,d live, %,d slabs, %,d KiB reserved, %s MiB resident, seed %d%n",
                elapsed.toSeconds(),
                run.steps(),
                run.targets().stream()
                        .mapToLong(target -> target.cutShort().sum())
                        .sum(),
                perSecond,
                stats.stream().mapToLong(SlabCacheStats::liveObjects).sum(),
                stats.stream().mapToLong(SlabCacheStats::slabs).sum(),
                stats.stream().mapToLong(SlabCacheStats::reservedBytes).sum() >> 10,
                resident(),
                run.settings().seed());
    }

    private static String resident() {
        try {
            return ResidentMemory.isKnown() ? "" + ResidentMemory.mebibytes() : "?";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Prints it a last time. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        say();
    }
}
