package io.slabcache.internal.slab;

/** The result of returning regions to their source. Confined to the thread that returns them. */
final class Returned {
    private long bytes;
    private Throwable failure;

    /** Whether memory of a failed region is still there. */
    private boolean isLeft;

    void add(long more) {
        bytes += more;
    }

    /** Keeps the first failure. A region that is still held is not a failure. */
    void failed(SlabRegion region, Throwable e) {
        failure = failure == null ? e : failure;
        isLeft |= region.isAlive();
    }

    /** What the close of a cache throws for the failure. */
    IllegalStateException refusalOfClose() {
        return new IllegalStateException(
                "cache closed, but the close of a slab's region failed; its memory "
                        + (isLeft ? "stays reserved: " : "is gone: ") + failure,
                failure);
    }

    long bytes() {
        return bytes;
    }

    /** The first failure, or null. */
    Throwable failure() {
        return failure;
    }

    /** Throws the failure, if any. */
    void rethrow() {
        // Not a switch over patterns: its first execution would initialize classes, and the heap may be full.
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            // A checked exception, which Java code cannot declare here but can throw.
            throw new IllegalStateException("a region could not be closed: " + failure, failure);
        }
    }
}
