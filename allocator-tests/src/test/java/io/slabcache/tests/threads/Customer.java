package io.slabcache.tests.threads;

import static io.slabcache.tests.support.Texts.withoutIds;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.tests.support.Calls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A thread that uses all entry points of a cache, at random, until a call reports that the cache is closed. */
final class Customer {
    private final SlabCache cache;
    private final int mostHeld;
    private final int bulk;

    /** Whether it also accesses the memory, so that the JDK may report the close. */
    private final boolean touches;

    private final SplittableRandom random;

    /** Whether it uses its own local cache. */
    private final boolean local;

    private final List<MemorySegment> held = new ArrayList<>();
    private ObjectAllocator door;

    Customer(SlabCache cache, boolean local, int mostHeld, long seed) {
        this.cache = cache;
        this.door = cache;
        this.local = local;
        this.mostHeld = mostHeld;
        this.bulk = Math.ceilDiv(mostHeld, 4);
        this.random = new SplittableRandom(seed);
        this.touches = random.nextBoolean();
    }

    /** Uses the cache until a call reports that it is closed. */
    void useUntilClosed(Runnable afterEachCall) {
        IllegalStateException end = assertThrows(IllegalStateException.class, () -> {
            door = local ? cache.local() : cache;
            while (true) {
                call(door);
                afterEachCall.run();
            }
        });
        checkSaysClosed(end, cache.name());
    }

    /** Checks that every call through the same entry point is refused after a close has returned. */
    void checkIsToldAgain() {
        try (Arena arena = Arena.ofShared()) {
            checkIsToldAgain(door, arena.allocate(cache.objectSize()));
        }
    }

    private static void checkIsToldAgain(ObjectAllocator allocator, MemorySegment object) {
        assertAll(Calls.freeing(object, object.address()).entrySet().stream()
                .map(call -> () -> assertThrows(
                        IllegalStateException.class, () -> call.getValue().accept(allocator), call.getKey())));
    }

    private void call(ObjectAllocator allocator) {
        if (held.size() >= mostHeld) {
            freeAll(allocator);
        }
        switch (random.nextInt(15)) {
            case 0 -> hold(allocator.allocate());
            case 1 -> hold(allocator.tryAllocate());
            case 2 -> hold(allocator.tryAllocateCached());
            case 3 -> hold(allocator.allocateZeroed());
            case 4 -> holdAddress(allocator.allocateAddress());
            case 5 -> holdAddress(allocator.tryAllocateAddress());
            case 6 -> holdAddress(allocator.tryAllocateAddressCached());
            case 7 -> holdAddresses(allocator);
            case 8 -> holdSegments(allocator);
            case 9, 10, 11 -> freeOne(allocator);
            case 12 -> allocator.flush();
            case 13 -> assertTrue(allocator.prefill(bulk) <= bulk);
            default -> freeAll(allocator);
        }
    }

    void hold(MemorySegment object) {
        if (object != null) {
            held.add(object);
            if (touches) {
                object.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
            }
        }
    }

    private void holdAddress(long address) {
        if (address != 0) {
            hold(cache.segment(address));
        }
    }

    private void holdAddresses(ObjectAllocator allocator) {
        long[] addresses = new long[bulk];
        if (allocator.allocateBulk(addresses, 0, bulk)) {
            Arrays.stream(addresses).forEach(this::holdAddress);
        }
    }

    private void holdSegments(ObjectAllocator allocator) {
        MemorySegment[] objects = new MemorySegment[bulk];
        if (allocator.allocateBulk(objects, 0, bulk)) {
            Arrays.stream(objects).forEach(this::hold);
        }
    }

    private void freeOne(ObjectAllocator allocator) {
        if (!held.isEmpty()) {
            MemorySegment object = held.getLast();
            if (random.nextBoolean()) {
                allocator.free(object);
            } else {
                allocator.freeAddress(object.address());
            }
            held.removeLast();
        }
    }

    private void freeAll(ObjectAllocator allocator) {
        if (random.nextBoolean()) {
            allocator.freeBulk(held.toArray(MemorySegment[]::new), 0, held.size());
        } else {
            long[] addresses = held.stream().mapToLong(MemorySegment::address).toArray();
            allocator.freeBulk(addresses, 0, addresses.length);
        }
        held.clear();
    }

    /** Checks that an exception reports the close, or is the JDK's for memory that is gone. */
    static void checkSaysClosed(IllegalStateException end, String cache) {
        assertFalse(end instanceof LiveObjectsException);
        assertTrue(
                Stream.of("cache '" + cache + "' is closed", "Already closed")
                        .anyMatch(withoutIds(end.getMessage())::contains),
                end::toString);
    }

    /** Checks that all objects that this thread still holds are dead, and that every call with them is refused. */
    void checkHeldIsDead() {
        for (MemorySegment object : held) {
            assertThrows(
                    IllegalStateException.class,
                    () -> object.get(ValueLayout.JAVA_BYTE, 0),
                    "memory outlives its cache");
            assertFalse(cache.owns(object.address()));
            checkIsToldAgain(cache, object);
        }
    }
}
