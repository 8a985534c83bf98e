package io.slabcache.tests.faults;

import io.slabcache.SlabCache;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A program with every call that would crash the JVM if the cache dereferenced the address that it is given. */
final class Wild {
    private static final long[] NOWHERE = {1, 8, 4096, -1, -4096, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47};

    private Wild() {}

    /** Prints a line for each call; with an argument, dereferences such an address. */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            follow(8);
        }
        SlabCache cache = SlabCache.builder("wild", 48).build();
        MemorySegment object = null;
        while (object == null) {
            object = cache.tryAllocate();
        }
        long address = object.address();
        for (long nowhere : NOWHERE) {
            attempt("address", () -> cache.freeAddress(nowhere));
            attempt("segment", () -> cache.free(MemorySegment.ofAddress(nowhere)));
            attempt("address bulk", () -> cache.freeBulk(new long[] {address, nowhere}, 0, 2));
            attempt("look-up", () -> cache.segment(nowhere));
        }
        System.out.println(cache.validate().isClean() + " " + cache.stats().liveObjects());
        MemorySegment kept = object;
        cache.closeNow();
        attempt("address after the end", () -> cache.freeAddress(address));
        attempt("segment after the end", () -> cache.free(kept));
        attempt("use after the end", () -> kept.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
        System.out.println("survived");
    }

    @SuppressWarnings("restricted")
    private static void follow(long address) {
        System.out.println(MemorySegment.ofAddress(address).reinterpret(1).get(ValueLayout.JAVA_BYTE, 0));
    }

    private static void attempt(String what, Runnable call) {
        try {
            call.run();
            System.out.println(what + ": nothing");
        } catch (RuntimeException e) {
            System.out.println(what + ": " + e.getClass().getSimpleName());
        }
    }
}
