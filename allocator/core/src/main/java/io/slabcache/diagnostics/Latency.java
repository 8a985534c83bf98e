package io.slabcache.diagnostics;

/**
 * How often a slow step of a cache was taken, and how long it took: a histogram whose buckets double. A percentile is at
 * most twice too high, or the longest time if it is above half a second, and never too low. All times are in
 * nanoseconds.
 *
 * <pre>{@code
 * Latency refills = cache.stats().latency(SlowStep.REFILL);
 * log.info("{} refills, 99 % within {} ns, all within {} ns", refills.count(), refills.percentile(99), refills.longest());
 * }</pre>
 *
 * <p>Immutable, for any thread.
 */
public final class Latency {
    /** The number of buckets. */
    public static final int BUCKETS = 24;

    /** The first bucket takes everything below 128 ns. */
    private static final int FIRST_BITS = 7;

    private static final double ALL = 100;

    private final long[] counts;
    private final long total;
    private final long longest;

    /**
     * Creates a snapshot.
     *
     * @param counts by bucket; copied
     * @param total sum of all times
     * @param longest time of all
     */
    public Latency(long[] counts, long total, long longest) {
        if (counts.length != BUCKETS) {
            throw new IllegalArgumentException("counts has " + counts.length + " entries; expected " + BUCKETS);
        }
        this.counts = counts.clone();
        this.total = total;
        this.longest = longest;
    }

    /**
     * Returns the bucket of a time.
     *
     * @param nanos 0 or more; anything less counts as 0
     * @return 0 to {@link #BUCKETS} less 1
     */
    public static int bucket(long nanos) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, nanos));
        return Math.clamp(bits - FIRST_BITS, 0, BUCKETS - 1);
    }

    /**
     * Returns the end of a bucket.
     *
     * @param bucket 0 to {@link #BUCKETS} less 1
     * @return a time that is longer than all in the bucket; {@link Long#MAX_VALUE} for the last one
     */
    public static long end(int bucket) {
        return bucket == BUCKETS - 1 ? Long.MAX_VALUE : 1L << bucket + FIRST_BITS;
    }

    /** {@return the number of times in each bucket; a copy} */
    public long[] counts() {
        return counts.clone();
    }

    /** {@return how often the step was timed} */
    public long count() {
        long count = 0;
        for (long each : counts) {
            count += each;
        }
        return count;
    }

    /** {@return the sum of all times} */
    public long total() {
        return total;
    }

    /** {@return the longest time, exactly; 0 if there is none} */
    public long longest() {
        return longest;
    }

    /**
     * Returns a time that a share of all times did not exceed.
     *
     * @param percent more than 0, up to 100
     * @return not less than the exact percentile, at most {@link #longest}, and 0 if there is no time
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    public long percentile(double percent) {
        if (!(percent > 0 && percent <= ALL)) {
            throw new IllegalArgumentException("percent is " + percent + "; expected more than 0, up to 100");
        }
        long left = (long) Math.ceil(percent / ALL * count());
        for (int bucket = 0; bucket < BUCKETS && left > 0; bucket++) {
            left -= counts[bucket];
            if (left <= 0) {
                return Math.min(end(bucket) - 1, longest);
            }
        }
        return longest;
    }

    /** {@return one line for logs} */
    @Override
    public String toString() {
        return "count " + count() + ", p50 " + percentile(50) + " ns, p99 " + percentile(99) + " ns, longest " + longest
                + " ns";
    }
}
