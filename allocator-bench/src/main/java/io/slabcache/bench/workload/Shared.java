package io.slabcache.bench.workload;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the measuring threads of a fork use together, such as a cache: opened by the first of them and
 * closed by the last. Each thread has a subject of its own, which keeps the value in a field.
 *
 * @param <T> what is shared
 */
public final class Shared<T> {

    private final Consumer<T> closer;
    private T value;
    private int users;

    /** Something that need not be closed. */
    public Shared() {
        this(value -> {});
    }

    public Shared(Consumer<T> closer) {
        this.closer = closer;
    }

    /** Returns what the first thread opened; the others wait for it. */
    public synchronized T open(Supplier<T> opener) {
        if (users == 0) {
            value = opener.get();
        }
        users++;
        return value;
    }

    /** To be called once for each {@link #open}, by a thread that no longer uses the value. */
    public synchronized void close() {
        users--;
        if (users == 0) {
            closer.accept(value);
            value = null;
        }
    }
}
