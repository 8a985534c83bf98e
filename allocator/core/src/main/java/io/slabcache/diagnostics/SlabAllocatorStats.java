package io.slabcache.diagnostics;

import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * What a {@link io.slabcache.SlabAllocator} holds and has done: its size classes, each with the statistics of a cache, and
 * its large objects.
 *
 * <pre>{@code
 * SlabAllocatorStats stats = messages.stats();
 * log.info("{} objects in {} bytes", stats.liveObjects(), stats.reservedBytes());
 * }</pre>
 */
public final class SlabAllocatorStats {
    private final String name;
    private final List<SlabCacheStats> classes;
    private final long largeObjects;
    private final long largeBytes;
    private final long largeReservedBytes;
    private final long largeFrees;
    private final long largeLeaks;
    private final long foreignFrees;
    private final long sharedHeapBytes;

    /**
     * Creates a snapshot.
     *
     * @param name of the allocator
     * @param classes of the size classes that were used, by size
     * @param largeObjects live objects beyond the largest class
     * @param largeBytes of these objects
     * @param largeReservedBytes of their regions
     * @param largeFrees of such objects
     * @param largeLeaks leaks of such objects that were found
     * @param foreignFrees refused frees of what belongs to no class
     * @param sharedHeapBytes Java heap of what all classes share
     */
    public SlabAllocatorStats(
            String name,
            List<SlabCacheStats> classes,
            long largeObjects,
            long largeBytes,
            long largeReservedBytes,
            long largeFrees,
            long largeLeaks,
            long foreignFrees,
            long sharedHeapBytes) {
        this.name = Objects.requireNonNull(name, "name");
        this.classes = List.copyOf(classes);
        this.largeObjects = largeObjects;
        this.largeBytes = largeBytes;
        this.largeReservedBytes = largeReservedBytes;
        this.largeFrees = largeFrees;
        this.largeLeaks = largeLeaks;
        this.foreignFrees = foreignFrees;
        this.sharedHeapBytes = sharedHeapBytes;
    }

    /** {@return the name of the allocator} */
    public String name() {
        return name;
    }

    /** {@return the size classes that were used so far, by size; {@code objectSize()} is the size of a class} */
    public List<SlabCacheStats> classes() {
        return classes;
    }

    /** {@return the live objects that are larger than the largest class} */
    public long largeObjects() {
        return largeObjects;
    }

    /** {@return the bytes that the users of these objects asked for} */
    public long largeBytes() {
        return largeBytes;
    }

    /** {@return the live objects of all sizes} */
    public long liveObjects() {
        return largeObjects + sum(SlabCacheStats::liveObjects);
    }

    /** {@return the bytes of the live objects; of those in classes, the size of the class each} */
    public long liveBytes() {
        return largeBytes + sum(stats -> stats.liveObjects() * stats.objectSize());
    }

    /** {@return the bytes taken from the memory source} */
    public long reservedBytes() {
        return largeReservedBytes + sum(SlabCacheStats::reservedBytes);
    }

    /** {@return an estimate of the Java heap that the allocator needs, in bytes} */
    public long heapBytes() {
        return sharedHeapBytes + sum(SlabCacheStats::heapBytes);
    }

    /** {@return the objects allocated so far} */
    public long allocations() {
        return largeObjects + largeFrees + sum(SlabCacheStats::allocations);
    }

    /** {@return the objects freed so far} */
    public long frees() {
        return largeFrees + sum(SlabCacheStats::frees);
    }

    /** {@return the calls that were refused as misuse, and damages that were found} */
    public long misuses() {
        return foreignFrees + sum(SlabCacheStats::misuses);
    }

    /** {@return the leaks that were found} */
    public long leaks() {
        return largeLeaks + sum(SlabCacheStats::leaks);
    }

    private long sum(ToLongFunction<SlabCacheStats> figure) {
        return classes.stream().mapToLong(figure).sum();
    }

    /** {@return a table with a line for each class} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("allocator '" + name + "'\n");
        line(text, "size", "live", "cached", "slabs", "reserved bytes");
        for (SlabCacheStats each : classes) {
            line(
                    text,
                    Long.toString(each.objectSize()),
                    Long.toString(each.liveObjects()),
                    Long.toString(each.cachedObjects()),
                    Long.toString(each.slabs()),
                    Long.toString(each.reservedBytes()));
        }
        line(text, "large", Long.toString(largeObjects), "0", "", Long.toString(largeReservedBytes));
        line(
                text,
                "all",
                Long.toString(liveObjects()),
                Long.toString(sum(SlabCacheStats::cachedObjects)),
                "",
                Long.toString(reservedBytes()));
        return text.toString();
    }

    private static void line(StringBuilder text, String... columns) {
        for (String column : columns) {
            text.append(String.format(java.util.Locale.ROOT, "%16s", column));
        }
        text.append('\n');
    }
}
