package io.slabcache;

import io.slabcache.internal.debug.CacheIdentity;
import java.util.Locale;

/**
 * What a cache holds and has done, at one moment. Exact when no thread is inside the cache; otherwise each figure is recent,
 * and none is torn or negative.
 *
 * <p>{@code totalObjects == liveObjects + cachedObjects + }those free in slabs, and
 * {@code allocations == frees + liveObjects}.
 *
 * <p>Immutable, and so for any thread. Later versions may have more figures.
 */
public final class SlabCacheStats {
    /** Everything that is counted, in the order of the table. The accessor of a figure bears its name. */
    enum Figure {
        OBJECT_SIZE,
        STRIDE,
        LIVE_OBJECTS,
        CACHED_OBJECTS,
        TOTAL_OBJECTS,
        MAX_OBJECTS,
        SLABS,
        RESERVED_BYTES,
        COMMITTED_BYTES,
        HEAP_BYTES,
        ALLOCATIONS,
        FREES,
        REFILLS,
        FLUSHES,
        DEPOT_GETS,
        DEPOT_PUTS,
        CONTENDED_LOCKS,
        EXHAUSTIONS,
        MISUSES,
        LEAKS,
        THREAD_CACHES,
        MAGAZINE_CAPACITY,
        UNREACHED_CACHES,
        UNREACHED_OBJECTS;

        /** The name of the accessor. */
        final String label;

        Figure() {
            StringBuilder camelCase = new StringBuilder();
            for (String word : name().split("_")) {
                String rest = word.substring(1).toLowerCase(Locale.ROOT);
                camelCase.append(word.charAt(0)).append(rest);
            }
            camelCase.setCharAt(0, Character.toLowerCase(camelCase.charAt(0)));
            label = camelCase.toString();
        }
    }

    /** Figures on their way into a snapshot; 0 until they are set. For one thread. */
    static final class Draft {
        private final long[] figures = new long[Figure.values().length];

        Draft set(Figure figure, long value) {
            figures[figure.ordinal()] = value;
            return this;
        }
    }

    private final CacheIdentity cache;
    private final long[] figures;

    SlabCacheStats(CacheIdentity cache, Draft draft) {
        this.cache = cache;
        this.figures = draft.figures.clone();
    }

    /** {@return the name of the cache} */
    public String name() {
        return cache.name();
    }

    /** {@return the number of the cache, which no other cache of this JVM has: see {@link SlabCache#id()}} */
    public long id() {
        return cache.id();
    }

    /** {@return the bytes of each object} */
    public long objectSize() {
        return get(Figure.OBJECT_SIZE);
    }

    /** {@return the bytes from the start of one object to the start of the next} */
    public long stride() {
        return get(Figure.STRIDE);
    }

    /** {@return the objects that were handed out and not yet freed} */
    public long liveObjects() {
        return get(Figure.LIVE_OBJECTS);
    }

    /** {@return the free objects in magazines of threads or of the depot, or in the quarantine of a debugged cache} */
    public long cachedObjects() {
        return get(Figure.CACHED_OBJECTS);
    }

    /** {@return the objects of all slabs} */
    public long totalObjects() {
        return get(Figure.TOTAL_OBJECTS);
    }

    /** {@return the bound on live objects, or {@link Long#MAX_VALUE} if there is none} */
    public long maxObjects() {
        return get(Figure.MAX_OBJECTS);
    }

    /** {@return the number of slabs} */
    public int slabs() {
        return (int) get(Figure.SLABS);
    }

    /**
     * {@return the off-heap bytes of the slabs' regions with what their alignment costs, and of regions that could not be
     * given back yet} What the C library adds to each allocation is left out: 16 bytes, or up to a page for a large one.
     */
    public long reservedBytes() {
        return get(Figure.RESERVED_BYTES);
    }

    /** {@return those of the reserved bytes that memory backs; all of them, for the portable memory source} */
    public long committedBytes() {
        return get(Figure.COMMITTED_BYTES);
    }

    /**
     * {@return an estimate of the bytes of Java heap that the cache takes: itself, its slabs with the regions of the default
     * source, segments, generations, the magazines of all threads, and the records of a debugged cache}
     *
     * <p>For 4-byte references (a heap below 32 GB) it is within 15 % of what a collection finds. It leaves out what threads
     * have of a closed cache, the regions of other sources, and what a search for leaks takes.
     */
    public long heapBytes() {
        return get(Figure.HEAP_BYTES);
    }

    /** {@return the objects handed out so far} */
    public long allocations() {
        return get(Figure.ALLOCATIONS);
    }

    /** {@return the objects taken back so far} */
    public long frees() {
        return get(Figure.FREES);
    }

    /** {@return the number of moves of many objects from the slab lists to a magazine} */
    public long refills() {
        return get(Figure.REFILLS);
    }

    /** {@return the number of moves of many objects from a magazine to the slab lists} */
    public long flushes() {
        return get(Figure.FLUSHES);
    }

    /** {@return the number of full magazines that threads got from the depot} */
    public long depotGets() {
        return get(Figure.DEPOT_GETS);
    }

    /** {@return the number of full magazines that threads gave to the depot} */
    public long depotPuts() {
        return get(Figure.DEPOT_PUTS);
    }

    /** {@return how often a thread had to wait for the lock of the depot or of the slab lists} */
    public long contendedLocks() {
        return get(Figure.CONTENDED_LOCKS);
    }

    /** {@return the number of allocations refused at the bound} */
    public long exhaustions() {
        return get(Figure.EXHAUSTIONS);
    }

    /**
     * {@return the number of calls refused because they broke the contract, and of damages found in a debugged cache}
     */
    public long misuses() {
        return get(Figure.MISUSES);
    }

    /** {@return the number of objects found that no code can free any more, with {@code -Dslabcache.leaks=}} */
    public long leaks() {
        return get(Figure.LEAKS);
    }

    /** {@return the number of threads, and of stripes of virtual threads, that have magazines} */
    public int threadCaches() {
        return (int) get(Figure.THREAD_CACHES);
    }

    /**
     * {@return the objects that a magazine of a busy thread holds: what the builder said, or else what need has made of it;
     * fewer where a bounded cache has many threads}
     */
    public int magazineCapacity() {
        return (int) get(Figure.MAGAZINE_CAPACITY);
    }

    /**
     * {@return the number of threads that did nothing with the cache between the last two calls of {@link SlabCache#shrink},
     * but did not wait at the second, so that it could not take what they have cached}
     */
    public int unreachedCaches() {
        return (int) get(Figure.UNREACHED_CACHES);
    }

    /** {@return the objects that those threads had cached} */
    public long unreachedObjects() {
        return get(Figure.UNREACHED_OBJECTS);
    }

    private long get(Figure figure) {
        return figures[figure.ordinal()];
    }

    /**
     * The figures as a table for logs.
     *
     * @return the cache on the first line, then one line for each figure, with the name of its accessor
     */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(cache.toString());
        for (Figure figure : Figure.values()) {
            long value = get(figure);
            boolean isUnbounded = figure == Figure.MAX_OBJECTS && value == Long.MAX_VALUE;
            table.append(String.format(
                    Locale.ROOT, "%n  %-17s%20s", figure.label, isUnbounded ? "unbounded" : Long.toString(value)));
        }
        return table.toString();
    }
}
