package io.slabcache.tests.budget;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;

/** Programs that know nothing of a budget, except the one that asks for the memory of the machine. */
final class LeakingProgram {
    private LeakingProgram() {}

    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "leak" -> leak();
            case "machine" -> machine();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Two caches of different sources; one of them leaks until it cannot grow any more. */
    private static void leak() {
        MemorySource own = (bytes, alignment) -> {
            MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
            return region;
        };
        SlabCache small = SlabCache.builder("small", 100).memory(own).build();
        SlabCache leaky = SlabCache.builder("leaky", 1000).build();
        long object = small.allocateAddress();
        long leaked = 0;
        try {
            while (true) {
                leaky.allocateAddress();
                leaked += 1000;
            }
        } catch (OutOfMemoryError e) {
            System.out.println("leaked " + leaked + "\n" + e.getMessage());
        }
        MemorySegment last = leaky.tryAllocate();
        System.out.println(last + " " + leaky.stats().budgetLimitBytes() + " "
                + (leaky.stats().budgetUsedBytes()
                        - leaky.stats().reservedBytes()
                        - small.stats().reservedBytes()));
        small.freeAddress(object);
        small.freeAddress(small.allocateAddress());
        leaky.closeNow();
        small.close();
    }

    private static void machine() {
        try {
            System.out.println(MemoryBudget.ofMachine(0.5).limitBytes() > 0);
        } catch (UnsupportedOperationException e) {
            System.out.println(e.getMessage());
        }
        MemoryBudget budget = MemoryBudget.ofBytes(1 << 20);
        try (SlabCache cache = SlabCache.builder("small", 100)
                .memory(budget.limit(MemorySource.arena()))
                .build()) {
            cache.freeAddress(cache.allocateAddress());
        }
        System.out.println(budget);
    }
}
