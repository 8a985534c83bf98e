package io.slabcache.bench.run;

/** A child JVM that gave no result; the message is why, and what it printed. */
final class ForkFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    ForkFailedException(String message) {
        super(message);
    }
}
