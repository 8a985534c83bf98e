package io.slabcache.internal.config;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often something is done that is too expensive to be done always: at random, so that no rhythm of a program can
 * hide from it.
 *
 * @param oneIn the mean distance, 1 for always
 */
public record SamplingRate(long oneIn) {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /**
     * Of a SplitMix64. Not a ThreadLocalRandom: the first use of that in a thread, or in the JVM, may come at the end of the
     * stack and would leave it broken.
     */
    private static final AtomicLong SEED = new AtomicLong(System.nanoTime());

    /** Refuses what is no rate. */
    public SamplingRate {
        if (oneIn < 1) {
            throw new IllegalArgumentException("sampling rate is one in " + oneIn + "; expected one in 1 or more");
        }
    }

    /**
     * Reads the value of a property.
     *
     * @param text a number, alone or as the denominator of a fraction of one
     * @return the rate
     * @throws IllegalArgumentException if it is anything else
     */
    public static SamplingRate parse(String text) {
        String number = text.strip();
        number = number.startsWith("1/") ? number.substring(2) : number;
        return new SamplingRate(Numbers.parse(number, "the rate", 1, Long.MAX_VALUE));
    }

    /**
     * Whether to do it now.
     *
     * @param events that have passed since the question was asked last
     * @return true once in {@code oneIn} events on average, if the question is asked often enough
     */
    public boolean hits(long events) {
        return events >= oneIn || Long.remainderUnsigned(random(), oneIn) < events;
    }

    private static long random() {
        long z = SEED.getAndAdd(GOLDEN_GAMMA);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
