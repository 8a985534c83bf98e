package io.slabcache.internal.debug;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.ObjectTrack;

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
        MisuseReport.Kind kind,
        long address,
        long object,
        int index,
        long slab,
        ObjectTrack allocated,
        ObjectTrack freed,
        String text) {
    /** {@return from the first byte of the object to the bad one, negative before the object} */
    public long offset() {
        return address - object;
    }
}
