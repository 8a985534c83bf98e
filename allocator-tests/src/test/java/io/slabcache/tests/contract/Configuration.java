package io.slabcache.tests.contract;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.tests.support.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One way to build a cache and to call it. The contract holds for all of them.
 *
 * @param objectSize bytes
 * @param alignment bytes
 * @param lockless whether there are magazines
 * @param checks what is checked
 * @param isBounded whether there is a bound, which also leads to several small slabs instead of a large one
 * @param access the entry point and the kind of thread
 * @param isDebugged whether it is debugged, and so has no magazines
 * @param isGuarded whether as many objects as possible are guarded
 * @param source where its memory comes from
 */
record Configuration(
        long objectSize,
        long alignment,
        boolean lockless,
        Checks checks,
        boolean isBounded,
        Access access,
        boolean isDebugged,
        boolean isGuarded,
        Source source) {
    private static final long MEBI = 1 << 20;

    /** Fixed, so that {@link #many} stays above the capacity of two magazines. */
    private static final int MAGAZINE_CAPACITY = 32;

    private static final Debug[] DEBUG = {Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING};

    private static final long REDZONE = 16;

    private static final Map<Long, List<Long>> ALIGNMENTS = new TreeMap<>(Map.of(
            1L,
            List.of(8L),
            8L,
            List.of(8L, 64L),
            24L,
            List.of(8L, 64L),
            256L,
            List.of(8L, 64L),
            1500L,
            List.of(8L, 64L, 4096L),
            4096L,
            List.of(8L, 4096L),
            MEBI,
            List.of(8L, 4096L)));

    /** Entry point and kind of thread affect magazines, not sizes. */
    private static final List<Long> SIZES_FOR_EACH_ACCESS = List.of(24L, MEBI);

    private Configuration(
            long objectSize,
            long alignment,
            boolean lockless,
            Checks checks,
            boolean isBounded,
            Access access,
            boolean isDebugged,
            boolean isGuarded) {
        this(objectSize, alignment, lockless, checks, isBounded, access, isDebugged, isGuarded, Source.ARENA);
    }

    static Stream<Configuration> all() {
        List<Configuration> all = new ArrayList<>();
        ALIGNMENTS.forEach(
                (size, alignments) -> alignments.forEach(alignment -> addModes(all, size, alignment, Access.CACHE)));
        for (long size : SIZES_FOR_EACH_ACCESS) {
            addModes(all, size, 8, Access.LOCAL_CACHE);
            addModes(all, size, 8, Access.CACHE_ON_VIRTUAL_THREAD);
            addModes(all, size, 8, Access.LOCAL_CACHE_ON_VIRTUAL_THREAD);
        }
        for (Access access : Access.values()) {
            for (Checks checks : Checks.values()) {
                all.add(new Configuration(24, 8, false, checks, false, access, true, false));
                all.add(new Configuration(1500, 64, false, checks, true, access, true, false));
            }
            all.add(new Configuration(24, 8, true, Checks.STANDARD, false, access, false, true));
            all.add(new Configuration(1500, 64, true, Checks.STANDARD, true, access, false, true));
            all.add(new Configuration(256, 8, false, Checks.STANDARD, true, access, false, true));
        }
        for (Source source : Source.values()) {
            if (!source.isAllowed()) {
                continue;
            }
            Access access = Access.CACHE;
            all.add(new Configuration(24, 64, true, Checks.STANDARD, false, access, false, false, source));
            all.add(new Configuration(1500, 4096, true, Checks.STANDARD, true, access, false, true, source));
            all.add(new Configuration(MEBI, 8, false, Checks.NONE, true, access, false, false, source));
        }
        return all.stream();
    }

    static Stream<Configuration> bounded() {
        return all().filter(Configuration::isBounded);
    }

    private static void addModes(List<Configuration> all, long size, long alignment, Access access) {
        for (boolean lockless : new boolean[] {true, false}) {
            for (Checks checks : Checks.values()) {
                all.add(new Configuration(size, alignment, lockless, checks, false, access, false, false));
                all.add(new Configuration(size, alignment, lockless, checks, true, access, false, false));
            }
        }
    }

    SlabCacheBuilder builder() {
        SlabCacheBuilder builder = SlabCache.builder("contract", objectSize)
                .alignment(alignment)
                .lockless(lockless || isDebugged)
                .checks(checks)
                .debug(isDebugged ? DEBUG : new Debug[0])
                .magazineCapacity(MAGAZINE_CAPACITY)
                .memory(source.memory());
        if (isGuarded) {
            builder.guardedSampling(1);
        }
        return isBounded ? builder.maxObjects(bound()).slabBytes(stride() * bound() / 4) : builder;
    }

    long stride() {
        long bytes = objectSize + (isDebugged ? REDZONE : 0);
        long packed = (bytes + alignment - 1) / alignment * alignment;
        boolean isColoured = packed % 2048 == 0 && alignment <= 64;
        return isColoured ? packed + 64 : packed;
    }

    /** More objects than the magazines of one thread hold, so that every layer takes part. */
    int many() {
        return objectSize == MEBI ? 6 : 160;
    }

    int bound() {
        return objectSize == MEBI ? 12 : 208;
    }

    /** Returns whether the cache keeps free objects outside of their slabs. */
    boolean cachesObjects() {
        return lockless || isDebugged || isGuarded;
    }

    /** Returns whether the calling thread has magazines of its own. */
    boolean hasOwnMagazines() {
        return lockless && !access.isVirtual();
    }

    @Override
    public String toString() {
        return objectSize + " bytes @" + alignment
                + (isGuarded ? ", guarded" : "")
                + (lockless ? ", lockless, " : isDebugged ? ", debugged, " : ", locked, ") + checks
                + (isBounded ? ", bounded, " : ", unbounded, ") + access
                + (source == Source.ARENA ? "" : ", " + source);
    }
}
