package io.slabcache.tests.heap;

import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import java.util.function.Consumer;

/** Calls of a cache while the heap is full. Each passes some of the places where the library allocates. */
enum Scenario {
    FIRST_ALLOCATION(plain(), room -> room.allocate(1)),
    FIRST_SEGMENT(plain(), room -> room.allocateSegments(2), room -> room.allocate(1)),
    MANY_ALLOCATIONS(magazines(16), room -> room.allocate(100), Room::touch),
    MANY_THREADS(plain(), room -> room.allocate(1), room -> {}, room -> room.visitByOthers(40)),
    BULK_ALLOCATION(plain(), Room::allocateBulk, Room::touch),
    BULK_SEGMENTS(plain(), Room::allocateBulkOfSegments, Room::touch),
    LOCAL(plain(), room -> room.local = room.cache.local()),
    LOCAL_SEGMENTS(plain(), room -> room.allocateLocal(2), room -> {
        room.touch();
        room.local = room.cache.local();
    }),
    UNCHECKED(builder -> builder.checks(Checks.NONE), room -> room.allocateSegments(300), Room::touch),
    UNCHECKED_LOCAL(
            builder -> builder.checks(Checks.NONE).magazineCapacity(16),
            room -> {
                room.allocateLocal(100);
                room.freeLocal(100);
            },
            room -> {
                room.touch();
                room.local = room.cache.local();
            }),
    GENERATION(plain(), Room::allocateGeneration, room -> {
        room.touch();
        room.generations = room.cache.generations();
    }),
    LEASE(plain(), Room::lease, Room::touch),
    LEASE_OF_THE_SPARE(plain(), Room::lease, room -> {
        room.allocate(1);
        room.free(1);
    }),
    PREFILL(magazines(16), room -> room.cache.prefill(30), Room::touch),
    BOUND(plain().andThen(builder -> builder.maxObjects(40)), Scenario::exhaust, room -> room.allocate(30)),
    FIRST_FREE(plain(), room -> room.free(3), room -> {}, room -> room.allocate(20)),
    MANY_FREES(magazines(16), room -> room.free(100), room -> room.allocate(100)),
    FREES_OF_ANOTHER(magazines(16), room -> room.free(60), Room::touch, room -> room.allocate(60)),
    BULK_FREE(magazines(16), Room::freeBulk, room -> room.allocate(200)),
    FIRST_BULK_FREE(magazines(16), Room::freeBulk, room -> {}, room -> room.allocate(200)),
    FLUSH(magazines(16), room -> room.cache.flush(), room -> {
        room.allocate(100);
        room.free(100);
    }),
    MISUSE(plain(), Room::freeTwice, room -> {
        room.allocate(2);
        room.free(1);
    }),
    FIRST_SLAB(plain(), room -> room.allocate(1), room -> {}, room -> {}),
    /** So large that the map of its free objects takes more heap than most other parts. */
    LARGE_SLAB(
            plain().andThen(builder -> builder.slabBytes(1 << 20)), room -> room.allocate(1), room -> {}, room -> {}),
    GROWTH(plain().andThen(builder -> builder.slabBytes(4096)), room -> room.allocate(200), Room::touch),
    LOCKED(builder -> builder.lockless(false), room -> {
        room.allocateSegments(3);
        room.free(3);
    }),
    SHRINK(plain(), room -> room.cache.shrink(), room -> {
        room.allocate(1000);
        room.free(1000);
        room.cache.flush();
    }),
    STATISTICS(plain(), room -> room.cache.stats(), room -> room.allocate(10)),
    VALIDATION(plain(), room -> room.cache.validate(), room -> room.allocate(10)),
    REFUSED_CLOSE(plain(), Scenario::closeInVain, room -> room.allocate(2)),
    CLOSE(plain(), room -> room.cache.close(), room -> {
        room.allocate(10);
        room.free(10);
    }),
    DEBUGGED(debug(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING), Scenario::debugged, Room::touch),
    TRACKED(debug(Debug.TRACKING), Scenario::debugged, Room::touch),
    QUARANTINED(debug(Debug.POISON), Scenario::debugged, Room::touch),
    SANE(debug(Debug.SANITY), Scenario::debugged, Room::touch),
    REDZONED(debug(Debug.REDZONES), Scenario::debugged, Room::touch),
    DEBUGGED_BULK(
            debug(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING), Scenario::debuggedBulk, Room::touch),
    DEBUGGED_MISUSE(debug(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING), Room::freeTwice, room -> {
        room.allocate(2);
        room.free(1);
    }),
    DEBUGGED_SHRINK(
            debug(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING), room -> room.cache.shrink(), room -> {
                room.allocate(300);
                room.free(300);
            }),
    GUARDED(builder -> builder.guardedSampling(1), Scenario::guarded, Room::touch),
    GUARDED_BULK(builder -> builder.guardedSampling(1), Room::freeBulk, room -> room.allocate(200)),
    VIRTUAL_ALLOCATION(plain(), room -> room.allocate(1), room -> {}),
    VIRTUAL_SEGMENTS(plain(), room -> room.allocateSegments(3), room -> {}),
    VIRTUAL_FREES(magazines(16), room -> room.free(60), room -> room.allocate(60)),
    /** In a JVM that looks for leaks. */
    LEAK_SEGMENTS(plain(), room -> room.allocateSegments(2), room -> room.allocate(1)),
    LEAK_BULK(plain(), Room::allocateBulkOfSegments, Room::touch),
    /** Must be caught, or the test would catch nothing. */
    KNOWN_BAD(plain(), Room::lose, Room::touch);

    private static final int SLAB_BYTES = 16 << 10;

    private final Consumer<SlabCacheBuilder> setting;
    private final Consumer<Room> step;
    private final Consumer<Room> before;
    private final Consumer<Room> byAnother;

    Scenario(Consumer<SlabCacheBuilder> setting, Consumer<Room> step) {
        this(setting, step, room -> {});
    }

    Scenario(Consumer<SlabCacheBuilder> setting, Consumer<Room> step, Consumer<Room> before) {
        this(setting, step, before, Room::touch);
    }

    Scenario(Consumer<SlabCacheBuilder> setting, Consumer<Room> step, Consumer<Room> before, Consumer<Room> byAnother) {
        this.setting = setting;
        this.step = step;
        this.before = before;
        this.byAnother = byAnother;
    }

    /** Returns a cache in which another thread has already worked. */
    Room make() {
        // Small slabs: the interpreter visits each object.
        SlabCacheBuilder builder = SlabCache.builder("full heap", 64).slabBytes(SLAB_BYTES);
        setting.accept(builder);
        Room room = new Room(builder.build());
        byAnother.accept(room);
        return room;
    }

    /** The thread's work while there is still room. */
    void before(Room room) {
        before.accept(room);
    }

    /** The thread's step when there is no room. */
    void step(Room room) {
        step.accept(room);
    }

    /** Returns whether the cache may be closed afterwards. */
    boolean isClosing() {
        return this == CLOSE;
    }

    /** Returns whether a virtual thread makes the step. */
    boolean isVirtual() {
        return name().startsWith("VIRTUAL_");
    }

    private static Consumer<SlabCacheBuilder> plain() {
        return builder -> {};
    }

    private static Consumer<SlabCacheBuilder> magazines(int capacity) {
        return builder -> builder.magazineCapacity(capacity);
    }

    private static Consumer<SlabCacheBuilder> debug(Debug... ways) {
        return builder -> builder.debug(ways);
    }

    private static void exhaust(Room room) {
        try {
            while (true) {
                room.allocate(1);
            }
        } catch (CacheExhaustedException e) {
            // Expected: the bound is reached.
        }
    }

    private static void closeInVain(Room room) {
        try {
            room.cache.close();
        } catch (LiveObjectsException e) {
            // Expected: objects are live.
        }
    }

    private static void debugged(Room room) {
        room.allocate(2);
        room.allocateSegments(2);
        room.free(4);
    }

    private static void debuggedBulk(Room room) {
        room.allocateBulk();
        room.freeBulk();
    }

    private static void guarded(Room room) {
        room.allocateSegments(2);
        room.free(2);
        room.lease();
    }
}
