package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;

/**
 * An object with one of its tracks.
 *
 * @param address of the object
 * @param track its last allocation or free, as requested
 */
public record Sample(long address, ObjectTrack track) {}
