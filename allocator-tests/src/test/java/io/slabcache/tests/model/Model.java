package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Cookies;
import io.slabcache.tests.support.Healthy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The correct state of a cache: a set of live objects with their contents, a set of freed ones, and four counts. */
final class Model {
    private final Setup setup;
    private final Pool pool;

    /** Address to the cookie written there, in the order of allocation: the order of addresses differs from run to run. */
    private final Map<Long, Long> live = new LinkedHashMap<>();

    /** The same addresses, to find neighbours. */
    private final NavigableSet<Long> sorted = new TreeSet<>();

    /** Freed, and not handed out since; cleared when memory may have been given back. */
    private final Set<Long> freed = new LinkedHashSet<>();

    /** The objects that a refused bulk took and gave back may be counted or not; the contract suite checks which. */
    private boolean bulkRefused;

    /** Whether the last allocation failed although there was room. */
    private boolean failedOnPurpose;

    private long cookies;
    private long allocations;
    private long frees;
    private long exhaustions;
    private long misuses;

    Model(Setup setup, Pool pool) {
        this.setup = setup;
        this.pool = pool;
    }

    int live() {
        return live.size();
    }

    /** Returns how many more objects the bound allows. */
    long room() {
        return setup.bound() - live.size();
    }

    void handedOut(long address) {
        assertTrue(room() > 0, "an object beyond the bound");
        assertEquals(0, address % setup.alignment(), "misaligned");
        assertTrue(pool.owns(address), "not owned by the cache that handed it out");
        assertFalse(live.containsKey(address), () -> "handed out twice: " + Long.toHexString(address));
        Long before = sorted.floor(address);
        Long after = sorted.ceiling(address);
        assertTrue(before == null || before + setup.stride() <= address, "overlaps the object before");
        assertTrue(after == null || address + setup.stride() <= after, "overlaps the object behind");
        long cookie = ++cookies;
        Cookies.write(pool.segment(address), cookie);
        live.put(address, cookie);
        sorted.add(address);
        freed.remove(address);
        failedOnPurpose = false;
        allocations++;
    }

    /** Records a refused allocation: allowed at the bound, and at times with injected failures. */
    void refused() {
        if (room() > 0) {
            assertTrue(setup.isFailing(), "exhausted below the bound");
            assertFalse(failedOnPurpose, "exhausted below the bound twice in a row");
            failedOnPurpose = true;
        }
        countExhaustion();
    }

    void refusedBulk() {
        bulkRefused = true;
        failedOnPurpose = false;
        countExhaustion();
    }

    void countExhaustion() {
        exhaustions++;
    }

    void countMisuse() {
        misuses++;
    }

    /** Call this before the cache's free, while the contents still belong to the user. */
    void freeing(long address) {
        long cookie = live.remove(address);
        sorted.remove(address);
        Cookies.check(pool.segment(address), cookie);
        freed.add(address);
        frees++;
    }

    /** Records an allocation that stopped because it found damage; the objects are not exhausted. */
    void stopped() {
        failedOnPurpose = false;
    }

    void forgetFreed() {
        freed.clear();
    }

    long anyLive(RandomGenerator random) {
        return any(new ArrayList<>(live.keySet()), random);
    }

    /** Returns several distinct live objects. */
    List<Long> manyLive(int count, RandomGenerator random) {
        List<Long> all = new ArrayList<>(live.keySet());
        List<Long> chosen = new ArrayList<>();
        while (chosen.size() < count && !all.isEmpty()) {
            chosen.add(all.remove(random.nextInt(all.size())));
        }
        return chosen;
    }

    /** Returns a freed object, or 0 if none is known. */
    long anyFreed(RandomGenerator random) {
        return freed.isEmpty() ? 0 : any(new ArrayList<>(freed), random);
    }

    private static long any(List<Long> addresses, RandomGenerator random) {
        return addresses.get(random.nextInt(addresses.size()));
    }

    void compareMisuses() {
        assertEquals(misuses, pool.stats().misuses(), "misuses");
    }

    /** Compares everything; passes the findings of the validation on to the caller. */
    void compare(Consumer<List<String>> findings) {
        live.forEach((address, cookie) -> Cookies.check(pool.segment(address), cookie));
        SlabCacheStats stats = pool.stats();
        CacheValidation walked = pool.validate();
        findings.accept(walked.findings());
        Healthy.check(
                new CacheValidation(walked.liveObjects(), walked.cachedObjects(), walked.freeObjects(), List.of()),
                stats);
        assertEquals(live.size(), stats.liveObjects(), "live objects");
        compareMisuses();
        assertEquals(exhaustions, stats.exhaustions(), "exhaustions");
        if (!bulkRefused) {
            assertEquals(frees, pool.frees(), "frees");
            assertEquals(allocations, stats.allocations(), "allocations");
        }
    }
}
