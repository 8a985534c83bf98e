package io.slabcache.bench.memory;

import io.slabcache.bench.run.ChildJvm;
import io.slabcache.bench.slots.SlotAllocator;
import io.slabcache.bench.slots.SlotPlan;
import io.slabcache.bench.slots.SlotSubject;
import io.slabcache.bench.slots.SlotThread;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures one subject, in a JVM of its own: first a steady load, then a burst of four times as much, then nothing. The heap
 * of the JVM is touched from the start and does not grow.
 */
public final class MemoryFork {

    private static final int WARMUP_OBJECTS = 256;

    private MemoryFork() {}

    /** Called by {@link ChildJvm}. */
    public static void main(String[] arguments) throws Exception {
        ChildJvm.serve(arguments, MemoryTask.class, MemoryFork::run);
    }

    private static MemoryMeasurement run(MemoryTask task) throws Exception {
        SlotSubject subject = SlotSubject.of(task.subject());
        warmUp(subject, task.plan().objectSize());
        try (Sampler sampler = new Sampler();
                SlotAllocator allocator = subject.open(task.plan())) {
            return SlotThread.call(allocator, () -> measure(task, allocator, sampler));
        }
    }

    /** Loads the code, which takes memory, too. More objects would leave memory behind that the load then reuses. */
    private static void warmUp(SlotSubject subject, int objectSize) throws Exception {
        SlotPlan small = new SlotPlan(WARMUP_OBJECTS, objectSize, WARMUP_OBJECTS);
        try (SlotAllocator allocator = subject.open(small)) {
            SlotThread.call(allocator, () -> {
                LiveSet live = new LiveSet(allocator, WARMUP_OBJECTS, count -> {});
                live.growTo(WARMUP_OBJECTS);
                live.replace(WARMUP_OBJECTS);
                live.freeTo(0);
                return allocator.shrink();
            });
        }
    }

    private static MemoryMeasurement measure(MemoryTask task, SlotAllocator allocator, Sampler sampler)
            throws InterruptedException {
        Map<Stage, Reading> stages = new EnumMap<>(Stage.class);
        int objects = task.plan().objects();
        long objectSize = task.plan().objectSize();
        LiveSet live = new LiveSet(allocator, objects, count -> sampler.live(count * objectSize));

        live.growTo(objects / 4);
        stages.put(Stage.STEADY_BEGIN, sampler.reading());
        live.replaceFor(TimeUnit.MILLISECONDS.toNanos(task.steadyMillis()));
        stages.put(Stage.STEADY_END, sampler.reading());
        live.growTo(objects);
        stages.put(Stage.FULL, sampler.reading());
        live.freeTo(objects / 10);
        stages.put(Stage.TENTH, sampler.reading());
        live.freeTo(0);
        stages.put(Stage.EMPTY, sampler.reading());
        boolean shrinks = allocator.shrink();
        stages.put(Stage.SHRUNK, sampler.reading());
        TimeUnit.MILLISECONDS.sleep(task.idleMillis());
        stages.put(Stage.IDLE, sampler.reading());

        List<Reading> samples = sampler.end();
        long peak = Math.max(
                samples.stream().mapToLong(Reading::bytes).max().orElse(0),
                stages.values().stream().mapToLong(Reading::bytes).max().orElse(0));
        return new MemoryMeasurement(
                task.subject(), sampler.isResident(), sampler.baseline(), stages, shrinks, peak, samples);
    }
}
