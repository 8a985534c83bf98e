package io.slabcache.tests.soak;

/**
 * Runs an action at the end of the stack: first with no room, then with one frame more each time, until it succeeds. So
 * an overflow happens at every call inside the action.
 */
public final class StackSweep {
    private long overflows;

    /** A sweep that has not overflowed yet. */
    public StackSweep() {}

    /**
     * Runs one sweep.
     *
     * @param shift frames of another size to begin with, which move the places of all others
     * @param action repeated until it does not overflow
     */
    public void run(int shift, Runnable action) {
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
            // The stack ended.
        }
        try {
            action.run();
            return true;
        } catch (StackOverflowError e) {
            overflows++;
            return false;
        }
    }

    /** {@return how often the action overflowed} */
    public long overflows() {
        return overflows;
    }
}
