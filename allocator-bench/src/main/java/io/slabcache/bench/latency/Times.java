package io.slabcache.bench.latency;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Nanoseconds of many calls, from one thread, to three digits. Recording allocates nothing. */
public final class Times {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Histogram histogram;

    /** Makes an empty one. */
    public Times() {
        this(new Histogram(LONGEST, DIGITS));
    }

    private Times(Histogram histogram) {
        this.histogram = histogram;
    }

    /** Counts a call. */
    public void record(long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    /** Counts a call of a loop that makes one in each interval, and the calls that it kept the loop from making. */
    void record(long nanos, long intervalNanos) {
        histogram.recordValueWithExpectedInterval(Math.clamp(nanos, 0, LONGEST), intervalNanos);
    }

    /** Returns the histogram, for its queries. */
    public Histogram histogram() {
        return histogram;
    }

    /** Returns what {@link #decode} takes: HdrHistogram's compressed form in Base64, as its other tools read it. */
    public String encode() {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /** Returns the histogram of a text. */
    public static Histogram decode(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), LONGEST);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a histogram", e);
        }
    }
}
