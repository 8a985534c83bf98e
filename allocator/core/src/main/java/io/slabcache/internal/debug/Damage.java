package io.slabcache.internal.debug;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.ObjectTrack;
import org.jspecify.annotations.Nullable;

/**
 * A damaged object, found and repaired.
 *
 * @param kind what is wrong
 * @param address of the first bad byte, or of the object if no byte is bad
 * @param object address of the object
 * @param index of the object in its slab
 * @param slab address of the slab's first object
 * @param allocated the object's last allocation, or {@code null}
 * @param freed the object's last free, or {@code null}
 * @param text all of this in words, without the name of the cache
 */
public record Damage(
        MisuseReport.Kind kind,
        long address,
        long object,
        int index,
        long slab,
        @Nullable ObjectTrack allocated,
        @Nullable ObjectTrack freed,
        String text) {
    /** {@return the distance from the object's first byte to the bad one, negative before the object} */
    public long offset() {
        return address - object;
    }
}
