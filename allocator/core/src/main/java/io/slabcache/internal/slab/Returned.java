package io.slabcache.internal.slab;

/** The result of returning regions to their source. Confined to the thread that returns them. */
final class Returned {
    private long bytes;
    private Throwable failure;

    void add(long more) {
        bytes += more;
    }

    /** Keeps the first failure. A region that is still held is not a failure. */
    void failed(Throwable e) {
        failure = failure == null ? e : failure;
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
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            // A checked exception, which Java code cannot declare here but can throw.
            default -> throw new IllegalStateException("a region could not be closed: " + failure, failure);
        }
    }
}
