package io.slabcache.tests.observe;

import com.sun.management.ThreadMXBean;
import io.slabcache.SlabCache;
import java.lang.management.ManagementFactory;
import jdk.jfr.Recording;

/** A program that prints bytes of garbage in rounds of slow steps: before, during and after a recording. */
final class RecordedGarbage {
    private static final int ROUNDS = 100;
    private static final int CALLS = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RecordedGarbage() {}

    public static void main(String[] arguments) {
        try (SlabCache cache = SlabCache.builder("slow", 64).lockless(false).build()) {
            print(cache);
            try (Recording recording = new Recording()) {
                recording.enable("io.slabcache.ObjectSampled").withoutThreshold();
                recording.start();
                print(cache);
            }
            print(cache);
        }
    }

    /** Prints the least and the most of some rounds; the first ones load classes. */
    private static void print(SlabCache cache) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < CALLS; call++) {
                cache.free(cache.allocate());
            }
            long left = THREADS.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, left);
            most = Math.max(most, left);
        }
        System.out.println(least + " " + most);
    }
}
