package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;
import org.jspecify.annotations.Nullable;

/**
 * An object with one of its tracks.
 *
 * @param address of the object
 * @param track its last allocation or free, as requested; null if it is unknown
 */
public record Sample(long address, @Nullable ObjectTrack track) {}
