package io.slabcache.tests.handles;

/** The documented layout of a handle, for tests that forge one: 19 bits of generation above 45 bits of address / 8. */
final class HandleBits {
    private static final int PLACE_BITS = 45;

    private HandleBits() {}

    static long address(long handle) {
        return (handle << Long.SIZE - PLACE_BITS >>> Long.SIZE - PLACE_BITS) << 3;
    }

    static int generation(long handle) {
        return (int) (handle >>> PLACE_BITS);
    }

    static long handle(long address, int generation) {
        return (long) generation << PLACE_BITS | address >>> 3;
    }
}
