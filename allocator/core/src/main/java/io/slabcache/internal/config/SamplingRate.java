package io.slabcache.internal.config;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often to do something that is too expensive to do always. Random, so that no periodic pattern of a program
 * escapes it.
 *
 * @param oneIn the mean distance, 1 for always
 */
public record SamplingRate(long oneIn) {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /**
     * The state of a SplitMix64. ThreadLocalRandom would not do: if its first use in a thread or in the JVM overflows
     * the stack, it stays broken.
     */
    private static final AtomicLong SEED = new AtomicLong(System.nanoTime());

    /** Refuses rates below 1. */
    public SamplingRate {
        if (oneIn < 1) {
            throw new IllegalArgumentException("sampling rate is one in " + oneIn + "; expected one in 1 or more");
        }
    }

    /**
     * Parses the value of a property.
     *
     * @param text a number, or a fraction of one with that denominator
     * @return the rate
     * @throws IllegalArgumentException if it is anything else
     */
    public static SamplingRate parse(String text) {
        String number = text.strip();
        number = number.startsWith("1/") ? number.substring(2) : number;
        return new SamplingRate(Numbers.parse(number, "the rate", 1, Long.MAX_VALUE));
    }

    /**
     * Decides whether to do it now.
     *
     * @param events that have passed since the last question
     * @return true once in {@code oneIn} events on average, if the question is asked often enough
     */
    public boolean hits(long events) {
        return events >= oneIn || Long.remainderUnsigned(random(), oneIn) < events;
    }

    /** {@return the next random number, for any thread} */
    public static long random() {
        long z = SEED.getAndAdd(GOLDEN_GAMMA);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
