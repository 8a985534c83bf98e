package io.slabcache.internal.debug;

/**
 * Something wrong with an object, found and repaired.
 *
 * @param kind what is wrong
 * @param address of the first bad byte, or of the object if no byte is bad
 * @param object address of the object
 * @param index of the object in its slab
 * @param slab address of the slab's first object
 * @param allocated who allocated the object last, or {@code null}
 * @param freed who freed the object last, or {@code null}
 * @param text all of this in words, without the name of the cache
 */
public record Damage(
        Kind kind, long address, long object, int index, long slab, Track allocated, Track freed, String text) {
    /** What can be wrong. */
    public enum Kind {
        /** Bytes around the object were written. */
        REDZONE,
        /** Bytes of the object were written while it was free. */
        POISON,
        /** The slab's account of its objects is wrong. */
        SLAB
    }

    /** {@return from the first byte of the object to the bad one, negative before the object} */
    public long offset() {
        return address - object;
    }
}
