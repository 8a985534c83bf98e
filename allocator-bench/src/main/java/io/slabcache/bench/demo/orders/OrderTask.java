package io.slabcache.bench.demo.orders;

import io.slabcache.bench.run.ForkTask;
import java.util.List;

/**
 * What one fork does.
 *
 * @param subject the subject's id
 * @param round from 1
 * @param seed of the events
 * @param events how many
 * @param file with the events; {@code null} if they come from the seed
 */
public record OrderTask(String subject, int round, long seed, int events, String file) implements ForkTask {

    /** Of the JVM. */
    public static final int HEAP_MIB = 512;

    private static final long SETUP_SECONDS = 60;
    private static final int SLOWEST_EVENTS_PER_SECOND = 100_000;

    @Override
    public List<String> jvmArguments() {
        long directMib = HEAP_MIB + (events * Flow.BYTES >> 20);
        return List.of(
                "-Xms" + HEAP_MIB + "m",
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+AlwaysPreTouch",
                "-XX:MaxDirectMemorySize=" + directMib + "m");
    }

    @Override
    public long timeoutSeconds() {
        return SETUP_SECONDS + OrderFork.PASSES * (long) events / SLOWEST_EVENTS_PER_SECOND;
    }
}
