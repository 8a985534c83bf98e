package io.slabcache.tests.soak;

/** Thrown by injected faults, so that no other exception is mistaken for one. */
final class Injected {
    private Injected() {}

    /** Returns whether an error or exception was injected. */
    static boolean is(Throwable thrown) {
        return thrown instanceof OutOfMemory || thrown instanceof Refusal;
    }

    static final class OutOfMemory extends OutOfMemoryError {
        private static final long serialVersionUID = 1;

        OutOfMemory() {
            super("injected");
        }
    }

    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String who) {
            super("injected into the " + who);
        }
    }
}
