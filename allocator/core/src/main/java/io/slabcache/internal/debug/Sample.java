package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;

/**
 * An object and who had it.
 *
 * @param address of the object
 * @param track of what was asked for
 */
public record Sample(long address, ObjectTrack track) {}
