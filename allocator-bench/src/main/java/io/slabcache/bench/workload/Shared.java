package io.slabcache.bench.workload;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * State that the measuring threads of a fork share, such as a cache: the first of them opens it and the last closes it.
 * Each thread's own subject keeps the value in a field.
 *
 * @param <T> the type of the state
 */
public final class Shared<T> {

    private final Consumer<T> closer;
    private T value;
    private int users;

    /** For state that need not be closed. */
    public Shared() {
        this(value -> {});
    }

    public Shared(Consumer<T> closer) {
        this.closer = closer;
    }

    /** Returns the value that the first thread opened; the others wait for it. */
    public synchronized T open(Supplier<T> opener) {
        if (users == 0) {
            value = opener.get();
        }
        users++;
        return value;
    }

    /** Call this once for each {@link #open}, from a thread that no longer uses the value. */
    public synchronized void close() {
        users--;
        if (users == 0) {
            closer.accept(value);
            value = null;
        }
    }
}
