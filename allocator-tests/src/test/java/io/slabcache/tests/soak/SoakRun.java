package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A soak: many threads share several caches and check that every object has one owner. Threads come and go each round;
 * between rounds the counts must be exact.
 */
final class SoakRun {
    /** In the other rounds, threads leave their objects to those of the next round. */
    private static final int ROUNDS_PER_DRAIN = 3;

    /** By then every class is initialized: an overflow inside an initializer would break it for good. */
    private static final long STEPS_BEFORE_OVERFLOWS = 5_000;

    private static final Set<Fault> ALL_BUT_OVERFLOWS = EnumSet.complementOf(EnumSet.of(Fault.STACK));

    private static final Mark BY_RUN = new Mark(true, 0, 0, 0);

    private final SoakSettings settings;
    private final ExchangeTable table = new ExchangeTable();
    private final List<Target> targets;
    private final List<Holdings> holdings = new ArrayList<>();
    private final LongAdder steps = new LongAdder();
    private final AtomicReference<AssertionError> failure = new AtomicReference<>();
    private final long started = System.nanoTime();
    private Set<Fault> faults = Set.of();
    private int round;

    SoakRun(SoakSettings settings, MemorySource memory, Function<SlabCache, Access> access) {
        this.settings = settings;
        this.targets = Targets.open(settings.seed(), memory, access, table);
        for (int i = 0; i < settings.threads(); i++) {
            holdings.add(new Holdings());
        }
    }

    SoakRun(SoakSettings settings) {
        this(settings, MemorySource.arena(), Access::new);
    }

    /** Runs until all caches are closed, or throws an error that names seed and place, with the caches left as they are. */
    void run() {
        try (LogCapture log = new LogCapture()) {
            SplittableRandom choices = new SplittableRandom(settings.seed());
            for (round = 0; round < settings.rounds() || elapsed().compareTo(settings.duration()) < 0; round++) {
                runRound(choices);
                checkCounts();
                if (round % ROUNDS_PER_DRAIN == 0) {
                    drain();
                }
            }
            drain();
            checkLog(log);
            targets.forEach(target -> target.cache().close());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "-Dslabcache-test.seed=" + settings.seed() + ", round " + round + ", " + e.getMessage(), e);
        }
    }

    private void runRound(SplittableRandom choices) {
        boolean isEarly = steps.sum() < STEPS_BEFORE_OVERFLOWS;
        faults = isEarly && settings.faults().contains(Fault.STACK) ? ALL_BUT_OVERFLOWS : settings.faults();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < settings.threads(); i++) {
            Worker worker = new Worker(this, i + 1, round, choices.split(), holdings.get(i));
            // Each number is a virtual thread in every third round, so that holdings pass between both kinds.
            boolean isVirtual = (i + round) % 3 == 0;
            threads.add((isVirtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon())
                    .name("soak-" + (i + 1))
                    .unstarted(worker));
        }
        targets.forEach(target -> target.inject(faults));
        new Crew(threads, faults.contains(Fault.INTERRUPT)).runToEnd();
        targets.forEach(target -> target.inject(Set.of()));
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void checkCounts() {
        List<Held> held = held();
        held.forEach(Held::check);
        Map<Target, List<Held>> byTarget = held.stream().collect(Collectors.groupingBy(Held::target));
        targets.forEach(target -> target.check(byTarget.getOrDefault(target, List.of())));
    }

    private List<Held> held() {
        List<Held> held = new ArrayList<>(table.contents());
        holdings.forEach(one -> held.addAll(one.all()));
        return held;
    }

    /** Frees all objects and gives back all memory. */
    private void drain() {
        for (Held object : held()) {
            object.markFree(BY_RUN);
            object.target().cache().freeAddress(object.address());
            object.target().freed().increment();
        }
        table.clear();
        holdings.replaceAll(old -> new Holdings());
        targets.forEach(Target::checkDrained);
    }

    private static void checkLog(LogCapture log) {
        log.records()
                .forEach(record -> assertTrue(
                        record.getMessage().contains("which was built with lockless(false)"), record.getMessage()));
    }

    void fail(Worker worker, Throwable thrown) {
        failure.compareAndSet(null, new AssertionError(worker + ": " + thrown.getMessage(), thrown));
    }

    boolean hasFailed() {
        return failure.get() != null;
    }

    void countStep() {
        steps.increment();
    }

    SoakSettings settings() {
        return settings;
    }

    /** Returns the faults that are injected in this round. */
    Set<Fault> faults() {
        return faults;
    }

    List<Target> targets() {
        return targets;
    }

    ExchangeTable table() {
        return table;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    int rounds() {
        return round;
    }

    long steps() {
        return steps.sum();
    }
}
