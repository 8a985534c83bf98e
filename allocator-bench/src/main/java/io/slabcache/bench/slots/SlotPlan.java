package io.slabcache.bench.slots;

import java.util.List;
import java.util.Locale;

/**
 * What a load asks of an allocator.
 *
 * @param objects the load holds at most
 * @param objectSize bytes of each, at least 8
 * @param aheadObjects how many free objects a keeper holds ready
 */
public record SlotPlan(int objects, int objectSize, int aheadObjects) {

    /** Slots for a thread beside the load, and room for what the caches of threads hold. */
    public static final int SPARE_SLOTS = 64;

    private static final long HEAP_BASE_MIB = 192;
    private static final long HEAP_BYTES_PER_SLOT = 224;
    private static final int MIB_SHIFT = 20;

    /** Returns the number of all slots; those of the load come first. */
    public int slots() {
        return objects + SPARE_SLOTS;
    }

    /**
     * Returns arguments for the JVM that runs the load: a heap that is touched from the start, so that the load changes
     * only memory beside it, and limits of direct memory that no allocator reaches.
     */
    public List<String> jvmArguments() {
        long heapMib = HEAP_BASE_MIB + (slots() * HEAP_BYTES_PER_SLOT >> MIB_SHIFT);
        long directBytes = 4L * slots() * objectSize + (1L << 30);
        return List.of(
                String.format(Locale.ROOT, "-Xms%dm", heapMib),
                String.format(Locale.ROOT, "-Xmx%dm", heapMib),
                "-XX:+AlwaysPreTouch",
                "-XX:MaxDirectMemorySize=" + directBytes,
                "-Dio.netty.maxDirectMemory=" + directBytes);
    }
}
