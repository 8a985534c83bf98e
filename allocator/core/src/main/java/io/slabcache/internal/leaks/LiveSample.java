package io.slabcache.internal.leaks;

import io.slabcache.diagnostics.ObjectTrack;

/**
 * A sampled object.
 *
 * @param number of the sample in this JVM
 * @param address of the object
 * @param bytes of the object
 * @param by its allocation
 */
public record LiveSample(long number, long address, long bytes, ObjectTrack by) {}
