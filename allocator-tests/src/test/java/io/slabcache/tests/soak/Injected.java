package io.slabcache.tests.soak;

/** What injected faults throw, so that nothing else is taken for one. */
final class Injected {
    private Injected() {}

    /** Whether an error or exception was injected. */
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
