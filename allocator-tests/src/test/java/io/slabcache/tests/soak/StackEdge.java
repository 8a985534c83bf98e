package io.slabcache.tests.soak;

/**
 * Runs an action near the end of the stack, once. A {@link StackSweep} visits every place of an overflow; this visits
 * one, at the cost of one descent, while other threads run.
 */
final class StackEdge {
    /** About 100 KiB: more than any call needs, including its callbacks. */
    private static final int FRAMES_OF_A_CALL = 2_000;

    private final Runnable action;
    private final int room;
    private boolean wasCutShort;

    private StackEdge(Runnable action, int room) {
        this.action = action;
        this.room = room;
    }

    /**
     * Descends, and runs the action on the way back.
     *
     * @param room frames of this class that are left for it, from 0
     * @return whether it completed without an overflow
     */
    static boolean run(int room, Runnable action) {
        StackEdge edge = new StackEdge(action, room);
        edge.descend();
        return !edge.wasCutShort;
    }

    /** {@return how many frames there were below} */
    private int descend() {
        int below;
        try {
            below = descend() + 1;
        } catch (StackOverflowError e) {
            below = 0;
        }
        if (below == room) {
            try {
                action.run();
            } catch (StackOverflowError e) {
                wasCutShort = true;
            }
        }
        return below;
    }

    /** For callbacks, which are not under test: overflows now rather than later. */
    static void claim() {
        claim(FRAMES_OF_A_CALL, 1, 2, 3, 4);
    }

    /** The extra parameters make its frame larger. */
    private static long claim(int frames, long a, long b, long c, long d) {
        return frames == 0 ? a : claim(frames - 1, b, c, d, a) + (a ^ b ^ c ^ d);
    }
}
