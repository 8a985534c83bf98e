package io.slabcache.internal.observe;

import org.jspecify.annotations.Nullable;

/** The one observer of this JVM. */
public final class Observers {
    /** Written once, when the first recording starts. */
    private static volatile @Nullable Observer current;

    private Observers() {}

    /** {@return the observer, or {@code null} while there is none} */
    public static @Nullable Observer current() {
        return current;
    }

    /**
     * Begins to tell an observer.
     *
     * @param observer that stays for as long as the JVM lives
     */
    public static void set(Observer observer) {
        current = observer;
    }
}
