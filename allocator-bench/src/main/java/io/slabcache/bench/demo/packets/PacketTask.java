package io.slabcache.bench.demo.packets;

import io.slabcache.bench.run.ForkTask;
import java.util.List;

/**
 * What one fork does.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param seed of the datagrams
 * @param pcap the file with the datagrams; {@code null} if they come from the seed
 * @param seconds to measure
 */
public record PacketTask(String subject, int round, long seed, String pcap, double seconds) implements ForkTask {

    /** Of the JVM, which is also the limit of its direct buffers. */
    public static final int HEAP_MIB = 512;

    private static final double MOST_WARMUP_SECONDS = 2;
    private static final long SETUP_SECONDS = 60;

    /** Returns for how long the code runs before it is measured: half of it without the network. */
    public double warmupSeconds() {
        return Math.min(MOST_WARMUP_SECONDS, seconds);
    }

    @Override
    public List<String> jvmArguments() {
        return List.of("-Xms" + HEAP_MIB + "m", "-Xmx" + HEAP_MIB + "m", "-XX:+AlwaysPreTouch");
    }

    @Override
    public long timeoutSeconds() {
        return SETUP_SECONDS + (long) (2 * (seconds + warmupSeconds()));
    }
}
