package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.MisuseReport.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Random illegal writes that the cache has to find. Until a call reports them, each validation finds all of them. The
 * first call that checks the memory reports each once, for the right object: a free those around its object, an
 * allocation those in its object, a shrink or a close those in the memory that goes.
 */
final class Writes {
    /** The result of an allocation that stopped because it found damage. */
    static final long NOTHING = -1;

    private static final Pattern PLACE =
            Pattern.compile("byte at offset (-?\\d+) of the object at 0x(\\p{XDigit}+) is");

    /** A finding as a cache reports it. */
    private record Found(Kind kind, long object, long address) {
        static Found of(MisuseReport report) {
            return new Found(report.kind(), report.object(), report.address());
        }
    }

    private final Setup setup;
    private final Pool pool;
    private final Model model;
    private final RandomGenerator random;

    /** The address of the byte written in a gap, by the address of the object behind the gap. */
    private final Map<Long, Long> inGaps = new LinkedHashMap<>();

    /** The address of the byte written in a free object, by the address of the object. */
    private final Map<Long, Long> inFree = new LinkedHashMap<>();

    private long reported;

    Writes(Setup setup, Pool pool, Model model, RandomGenerator random) {
        this.setup = setup;
        this.pool = pool;
        this.model = model;
        this.random = random;
    }

    /** Returns how many writes were made and reported so far. */
    long reported() {
        return reported;
    }

    void step() {
        if (random.nextBoolean()) {
            afterFree();
        } else if (model.live() > 0) {
            aroundLive(model.anyLive(random));
        }
    }

    private void aroundLive(long object) {
        boolean isBefore = random.nextBoolean();
        long gap = isBefore ? object : object + stride(object);
        if (setup.hasRedzones(pool, object) && !inGaps.containsKey(gap)) {
            write(inGaps, gap, isBefore ? object - 1 : object + setup.objectSize());
        }
    }

    private void afterFree() {
        long object = model.anyFreed(random);
        if (object != 0 && setup.hasPoison(pool, object) && !inFree.containsKey(object)) {
            write(inFree, object, object + random.nextLong(setup.objectSize()));
        }
    }

    private void write(Map<Long, Long> place, long key, long address) {
        place.put(key, address);
        pool.spoil(address);
    }

    private long stride(long object) {
        return setup.isGuarded(pool, object)
                ? setup.guardedStride()
                : pool.stats().stride();
    }

    /** Frees objects in this order; may find what was written around them. Each is free afterwards all the same. */
    void free(List<Long> objects, Runnable call) {
        List<Found> expected = new ArrayList<>();
        for (long object : objects) {
            expected.addAll(around(object));
        }
        CorruptedObjectException thrown = null;
        try {
            call.run();
        } catch (CorruptedObjectException e) {
            thrown = e;
        }
        List<Found> found = takeFound();
        assertEquals(expected, found, "no report of a write, or another one");
        checkThrown(found, thrown);
    }

    private List<Found> around(long object) {
        List<Found> around = new ArrayList<>();
        if (!inGaps.isEmpty() && setup.hasRedzones(pool, object)) {
            for (long gap : new long[] {object, object + stride(object)}) {
                Long address = inGaps.remove(gap);
                if (address != null) {
                    around.add(new Found(Kind.REDZONE, object, address));
                }
            }
        }
        return around;
    }

    /** Makes an allocation, which may find writes to free objects. */
    long allocate(LongSupplier call) {
        CorruptedObjectException thrown = null;
        long address = NOTHING;
        try {
            address = call.getAsLong();
        } catch (CorruptedObjectException e) {
            thrown = e;
            model.stopped();
        } finally {
            List<Found> found = takeFound();
            removeFromFree(found);
            checkThrown(found, thrown);
        }
        return address;
    }

    /** Records an object that was handed out. */
    void handedOut(long object) {
        assertFalse(inFree.containsKey(object), "no report of a write to what is handed out");
    }

    /** Call this after a shrink or a close. Damage in memory that stays can be found later. */
    void memoryHasGone() {
        removeFromFree(takeFound());
        for (long object : inFree.keySet()) {
            assertTrue(pool.owns(object), "no report of a write to memory that went back");
        }
    }

    /** Checks that a validation finds all unreported damage, and nothing else. */
    void checkFindings(List<String> findings) {
        TreeSet<Long> expected = new TreeSet<>(inGaps.values());
        expected.addAll(inFree.values());
        TreeSet<Long> found = new TreeSet<>();
        for (String finding : findings) {
            Matcher place = PLACE.matcher(finding);
            assertTrue(place.find() && finding.contains("nothing was changed"), finding);
            found.add(Long.parseLong(place.group(1)) + Long.parseUnsignedLong(place.group(2), 16));
        }
        assertEquals(expected, found, () -> "a walk has not found what was written, or something else: " + findings);
        assertEquals(found.size(), findings.size(), "a walk has found something twice");
    }

    private void removeFromFree(List<Found> found) {
        for (Found one : found) {
            assertEquals(Kind.USE_AFTER_FREE, one.kind, "report of what was not written");
            assertEquals(inFree.remove(one.object), one.address, "report of what was not written");
        }
    }

    private List<Found> takeFound() {
        List<Found> found = new ArrayList<>();
        for (MisuseReport report : pool.takeReports()) {
            if (report.kind() == Kind.REDZONE || report.kind() == Kind.USE_AFTER_FREE) {
                found.add(Found.of(report));
                model.countMisuse();
            }
        }
        reported += found.size();
        return found;
    }

    private void checkThrown(List<Found> found, CorruptedObjectException thrown) {
        if (found.isEmpty() || setup.policy() == MisusePolicy.WARN_ONCE) {
            assertNull(thrown, "thrown without a reason");
            return;
        }
        assertNotNull(thrown, "nothing thrown for a write");
        Found first = found.getFirst();
        assertEquals(first.kind.name(), thrown.kind().name());
        assertEquals(first.object, thrown.object());
        assertEquals(first.address, thrown.object() + thrown.offset());
        assertEquals(found.size() - 1, thrown.getSuppressed().length);
    }
}
