package io.slabcache.internal.observe;

/** A slow step that a recording has begun to watch. For the thread of the step. */
public interface Span {
    /**
     * Ends the step. Without this call it is not recorded.
     *
     * @param amount of objects, or bytes for a shrink
     */
    void end(long amount);
}
