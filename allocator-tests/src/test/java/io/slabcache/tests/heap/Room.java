package io.slabcache.tests.heap;

import io.slabcache.GenerationHandles;
import io.slabcache.Lease;
import io.slabcache.LocalCache;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import java.lang.foreign.MemorySegment;

/** A cache and the objects of a scenario. Once constructed, it allocates nothing on the heap. */
final class Room {
    private static final int MOST = 8_192;
    static final int BULK = 64;

    final SlabCache cache;
    final long[] held = new long[MOST];
    int count;

    final long[] addresses = new long[BULK];
    final MemorySegment[] segments = new MemorySegment[BULK];
    final Lease[] leases = new Lease[BULK];
    int leased;
    LocalCache local;
    GenerationHandles generations;

    Room(SlabCache cache) {
        this.cache = cache;
    }

    void hold(long address) {
        if (address != 0) {
            held[count++] = address;
        }
    }

    void allocate(int objects) {
        for (int i = 0; i < objects; i++) {
            hold(cache.allocateAddress());
        }
    }

    void allocateSegments(int objects) {
        for (int i = 0; i < objects; i++) {
            hold(cache.allocate().address());
        }
    }

    /** Frees the objects that were allocated last; an object whose free throws stays held. */
    void free(int objects) {
        for (int i = 0; i < objects; i++) {
            cache.freeAddress(held[count - 1]);
            count--;
        }
    }

    void allocateBulk() {
        if (cache.allocateBulk(addresses, 0, BULK)) {
            for (long address : addresses) {
                hold(address);
            }
        }
    }

    void allocateBulkOfSegments() {
        if (cache.allocateBulk(segments, 0, BULK)) {
            for (MemorySegment segment : segments) {
                hold(segment.address());
            }
        }
    }

    void freeBulk() {
        System.arraycopy(held, count - BULK, addresses, 0, BULK);
        cache.freeBulk(addresses, 0, BULK);
        count -= BULK;
    }

    void lease() {
        leases[leased] = cache.allocateLeased();
        leased++;
    }

    void endLeases() {
        while (leased > 0) {
            leases[leased - 1].close();
            leased--;
        }
    }

    void allocateLocal(int objects) {
        for (int i = 0; i < objects; i += 2) {
            hold(local.allocate().address());
            hold(local.tryAllocate().address());
        }
    }

    void freeLocal(int objects) {
        for (int i = 0; i < objects; i++) {
            local.freeAddress(held[count - 1]);
            count--;
        }
    }

    void allocateGeneration() {
        hold(generations.address(generations.allocate()));
    }

    /** Frees an object twice; the second free is refused. */
    void freeTwice() {
        try {
            cache.freeAddress(held[count]);
        } catch (InvalidFreeException e) {
            // Expected: the free is refused.
        }
    }

    /** Makes the cache known to the calling thread. */
    void touch() {
        long address = cache.tryAllocateAddress();
        if (address != 0) {
            cache.freeAddress(address);
        }
    }

    /** Leaves objects in the caches of dead threads. */
    void visitByOthers(int threads) {
        for (int i = 0; i < threads; i++) {
            Thread visitor = new Thread(this::touch);
            visitor.start();
            try {
                visitor.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Known bad: allocates between taking an object and recording it. */
    void lose() {
        long address = cache.allocateAddress();
        byte[] note = new byte[BULK];
        note[0] = 1;
        hold(address);
    }

    long live() {
        return count + leased;
    }
}
