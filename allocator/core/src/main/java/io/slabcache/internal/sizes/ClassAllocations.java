package io.slabcache.internal.sizes;

import java.lang.foreign.MemorySegment;

/**
 * Allocations from a class by its number. If a close of the allocator, not decided yet or refused, has closed the class,
 * they go on with the one that replaces it.
 */
final class ClassAllocations {
    private final ClassCaches classes;

    ClassAllocations(ClassCaches classes) {
        this.classes = classes;
    }

    /** {@return the address of an object} */
    long allocateAddress(int number, long bytes) {
        while (true) {
            SizeClass served = classes.get(number);
            try {
                return served.allocateAddress(bytes);
            } catch (IllegalStateException e) {
                classes.replace(number, served, e);
            }
        }
    }

    /** {@return a segment of the first bytes of an object} */
    MemorySegment allocate(int number, long bytes) {
        while (true) {
            SizeClass served = classes.get(number);
            try {
                return served.allocate(bytes);
            } catch (IllegalStateException e) {
                classes.replace(number, served, e);
            }
        }
    }

    /** Allocates many objects or none. */
    void allocateBulk(int number, long bytes, long[] addresses, int offset, int count) {
        while (true) {
            SizeClass served = classes.get(number);
            try {
                served.allocateBulk(bytes, addresses, offset, count);
                return;
            } catch (IllegalStateException e) {
                classes.replace(number, served, e);
            }
        }
    }
}
