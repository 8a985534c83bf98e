package io.slabcache.bench.memory;

import io.slabcache.bench.run.ChildJvm;
import io.slabcache.bench.slots.AddressSlots;
import io.slabcache.bench.slots.SlotPlan;
import io.slabcache.bench.slots.SlotSubject;
import io.slabcache.bench.slots.SlotThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Measures random accesses in a JVM of its own. Each object holds the address of the next one, in random order, so each access has to
 * wait for the one before it.
 */
public final class AccessFork {

    private static final int SEED = 14;
    private static final int CHUNK = 200_000;

    private AccessFork() {}

    /** Called by {@link ChildJvm}. */
    public static void main(String[] arguments) throws Exception {
        ChildJvm.serve(arguments, AccessTask.class, AccessFork::run);
    }

    private static AccessMeasurement run(AccessTask task) throws Exception {
        SlotPlan plan = task.plan();
        try (AddressSlots slots = (AddressSlots) SlotSubject.of(task.subject()).open(plan)) {
            return SlotThread.call(slots, () -> {
                link(slots, plan.objects());
                return new AccessMeasurement(
                        task.subject(),
                        (long) plan.objects() * plan.objectSize(),
                        new ProcessMemory().hugeBytes(),
                        nanosPerAccess(slots.address(0), TimeUnit.MILLISECONDS.toNanos(task.millis())));
            });
        }
    }

    /** Makes one circle of all objects (Sattolo's algorithm). */
    private static void link(AddressSlots slots, int objects) {
        int[] next = new int[objects];
        for (int i = 0; i < objects; i++) {
            slots.allocate(i);
            next[i] = i;
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = objects - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int swapped = next[i];
            next[i] = next[other];
            next[other] = swapped;
        }
        for (int i = 0; i < objects; i++) {
            slots.write(i, slots.address(next[i]));
        }
    }

    private static double nanosPerAccess(long first, long nanos) {
        List<Double> chunks = new ArrayList<>();
        long address = first;
        long start = System.nanoTime();
        long before = start;
        while (before - start < nanos || chunks.size() < 3) {
            address = follow(address);
            long now = System.nanoTime();
            chunks.add((double) (now - before) / CHUNK);
            before = now;
        }
        if (address == 0) {
            throw new IllegalStateException("the circle of objects is broken");
        }
        Collections.sort(chunks);
        return chunks.get(chunks.size() / 2);
    }

    private static long follow(long first) {
        long address = first;
        for (int i = 0; i < CHUNK; i++) {
            address = AddressSlots.read(address);
        }
        return address;
    }
}
