package io.slabcache.tests.faults;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.tests.support.Access;
import io.slabcache.tests.support.FreeForm;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One way to cause a fault.
 *
 * @param mode how the cache finds it
 * @param policy how the cache reports it
 * @param access the entry point and the kind of thread
 * @param form of the calls
 */
record Case(Mode mode, MisusePolicy policy, Access access, FreeForm form) {
    private static final int MOST_TRIES = 1_000;

    static Stream<Case> all() {
        return Arrays.stream(Mode.values())
                .flatMap(mode -> Arrays.stream(MisusePolicy.values())
                        .flatMap(policy -> Arrays.stream(Access.values())
                                .flatMap(access -> Arrays.stream(FreeForm.values())
                                        .map(form -> new Case(mode, policy, access, form)))));
    }

    /** For tests that do not depend on the policy, or take long. */
    static Stream<Case> throwing() {
        return all().filter(one -> one.policy == MisusePolicy.THROW);
    }

    static Stream<Case> exact() {
        return throwing().filter(one -> one.mode.isDebugged());
    }

    /** For tests in which each thread uses an entry point of its own: see {@link #through}. */
    static Stream<Case> shared() {
        return throwing().filter(one -> one.access == Access.CACHE);
    }

    static Stream<Case> withSegments() {
        return all().filter(one -> one.form.carriesSegments());
    }

    /** Leaks are never thrown. Finding them takes long, because it needs the collector. */
    static Stream<Case> watched() {
        return throwing().filter(one -> one.form.carriesSegments());
    }

    static Stream<Case> withRedzones() {
        return all().filter(one -> one.mode.has(Debug.REDZONES));
    }

    static Stream<Case> withPoison() {
        return all().filter(one -> one.mode.has(Debug.POISON));
    }

    Case through(Access other) {
        return new Case(mode, policy, other, form);
    }

    Case with(FreeForm other) {
        return new Case(mode, policy, access, other);
    }

    /** Allocates one object, which must be available; among many threads this may take several attempts. */
    MemorySegment allocate(SlabCache cache) {
        MemorySegment object = tryAllocate(cache);
        for (int i = 0; object == null && mode.has(Debug.FAULTS) && i < MOST_TRIES; i++) {
            object = tryAllocate(cache);
        }
        assertNotNull(object, () -> "nothing to allocate in " + cache.stats());
        return object;
    }

    /** Allocates one object, or returns null if there is none; repeats an injected failure. */
    MemorySegment tryAllocate(SlabCache cache) {
        ObjectAllocator allocator = access.to(cache);
        MemorySegment object = attempt(cache, allocator);
        return object == null && mode.has(Debug.FAULTS) ? attempt(cache, allocator) : object;
    }

    /** Allocates an address; repeats an injected failure once. */
    long tryTwice(LongSupplier allocation) {
        long first = allocation.getAsLong();
        return first == 0 && mode.has(Debug.FAULTS) ? allocation.getAsLong() : first;
    }

    private MemorySegment attempt(SlabCache cache, ObjectAllocator allocator) {
        return switch (form) {
            case SEGMENT -> allocator.tryAllocate();
            case ADDRESS -> segment(cache, allocator.tryAllocateAddress());
            case SEGMENT_BULK -> {
                MemorySegment[] objects = new MemorySegment[1];
                allocator.allocateBulk(objects, 0, 1);
                yield objects[0];
            }
            case ADDRESS_BULK -> {
                long[] addresses = new long[1];
                allocator.allocateBulk(addresses, 0, 1);
                yield segment(cache, addresses[0]);
            }
        };
    }

    private static MemorySegment segment(SlabCache cache, long address) {
        return address == 0 ? null : cache.segment(address);
    }

    /** Frees an object legally. */
    void free(SlabCache cache, MemorySegment object) {
        ObjectAllocator allocator = access.to(cache);
        switch (form) {
            case SEGMENT -> allocator.free(object);
            case ADDRESS -> allocator.freeAddress(object.address());
            case SEGMENT_BULK -> allocator.freeBulk(new MemorySegment[] {object}, 0, 1);
            case ADDRESS_BULK -> allocator.freeBulk(new long[] {object.address()}, 0, 1);
        }
    }

    @Override
    public String toString() {
        return mode + ", " + policy + ", " + access + ", " + form;
    }
}
