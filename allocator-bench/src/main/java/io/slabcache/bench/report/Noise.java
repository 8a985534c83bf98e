package io.slabcache.bench.report;

import java.util.List;

/** Whether the machine was so busy with other things that a run compares nothing. */
public final class Noise {

    /** Above this share of ratios with wide intervals, there is no verdict. */
    private static final double NOISY = 0.5;

    /** What a reader must know first. */
    public static final String WARNING =
            "The machine was too noisy for a verdict: most ratios have intervals wider than half of them. "
                    + "Close other programs, or take more --rounds.";

    private Noise() {}

    /** Returns whether most ratios to Slabcache say little; false where one round gives no intervals. */
    public static boolean isTooMuch(List<Row> rows) {
        return Summary.noise(rows) > NOISY;
    }
}
