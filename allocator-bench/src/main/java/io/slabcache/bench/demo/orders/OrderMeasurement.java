package io.slabcache.bench.demo.orders;

/**
 * What one fork measured.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param events that the book got
 * @param trades that it made of them
 * @param sum their checksum
 * @param resting orders at the end
 * @param seconds for all events, in a pass without a look at the clock
 * @param garbage heap bytes that this pass allocated
 * @param collections meanwhile
 * @param pauseMillis for which they stopped the program
 * @param times of single events in another pass, as a histogram in HdrHistogram's compressed form
 */
public record OrderMeasurement(
        String subject,
        int round,
        int events,
        long trades,
        long sum,
        int resting,
        double seconds,
        long garbage,
        long collections,
        long pauseMillis,
        String times) {

    /** Returns events per second. */
    double rate() {
        return events / seconds;
    }
}
