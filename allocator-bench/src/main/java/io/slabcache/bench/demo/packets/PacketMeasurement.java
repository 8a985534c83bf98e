package io.slabcache.bench.demo.packets;

/**
 * What one fork measured.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param sent datagrams
 * @param received datagrams; the rest was lost
 * @param seconds from the first to the last one
 * @param cpuNanos processor time of the receiver and the parser
 * @param garbage heap bytes that they allocated
 * @param collections of the JVM meanwhile
 * @param calls times of the pool's calls, as a histogram in HdrHistogram's compressed form
 */
public record PacketMeasurement(
        String subject,
        int round,
        long sent,
        long received,
        double seconds,
        long cpuNanos,
        long garbage,
        long collections,
        String calls) {

    /** Returns datagrams per second. */
    double rate() {
        return received / seconds;
    }
}
