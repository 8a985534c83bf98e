package io.slabcache.tests.soak;

/**
 * Runs an action where the stack ends: first with no room at all, then with a frame more each time, until it succeeds. So
 * an overflow happens at every call inside the action, one after the other.
 */
final class StackSweep {
    private long overflows;

    /**
     * One sweep.
     *
     * @param shift frames of another size to begin with, which move the places of all others
     * @param action run until it does not overflow
     */
    void run(int shift, Runnable action) {
        if (shift > 0) {
            runShifted(shift - 1, 0, 0, action);
        } else {
            descend(action);
        }
    }

    private void runShifted(int shift, long unused, long padding, Runnable action) {
        run(shift, action);
    }

    private boolean descend(Runnable action) {
        try {
            if (descend(action)) {
                return true;
            }
        } catch (StackOverflowError e) {
            // The end of the stack.
        }
        try {
            action.run();
            return true;
        } catch (StackOverflowError e) {
            overflows++;
            return false;
        }
    }

    /** How often the action was cut short. */
    long overflows() {
        return overflows;
    }
}
