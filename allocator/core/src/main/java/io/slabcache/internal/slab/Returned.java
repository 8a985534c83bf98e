package io.slabcache.internal.slab;

/** What came of giving regions back to their source. Belongs to the thread that does it. */
final class Returned {
    private long bytes;
    private Throwable failure;

    void add(long more) {
        bytes += more;
    }

    /** Keeps the first of all failures; a region that is still held is none. */
    void failed(Throwable e) {
        failure = failure == null ? e : failure;
    }

    long bytes() {
        return bytes;
    }

    /** An exception that a region threw, or null. */
    Throwable failure() {
        return failure;
    }

    /** Throws the failure, if any. */
    void rethrow() {
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            // Java code cannot declare it, but may throw it.
            default -> throw new IllegalStateException("a region could not be closed: " + failure, failure);
        }
    }
}
