package io.slabcache.bench.demo;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pooled objects between two processes: this one offers them to Aeron, the {@link AeronPeer} copies the fragments into
 * objects of its own. A media driver runs in this process.
 *
 * @param channel there, such as {@code aeron:ipc} or {@code aeron:udp?endpoint=127.0.0.1:40123}
 * @param messages how many to send
 * @param bytes of each
 */
public record AeronDemo(String channel, int messages, int bytes) {

    /** A message has its number and a checksum of the rest. */
    public static final int LEAST_BYTES = AeronPeer.HEADER_BYTES;

    static final int STREAM = 1_001;
    static final int ANSWERS = 1_002;

    /** The answers go through shared memory, whatever the channel of the messages is. */
    static final String BACK = "aeron:ipc";

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * What happened.
     *
     * @param whole messages that arrived in order and unchanged
     * @param seconds that it took from the first offer to the answer
     * @param objects of the sender that messages have used
     * @param live objects of the sender at the end
     */
    public record Result(long whole, double seconds, long objects, long live) {}

    /** Runs it. */
    public Result run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("aeron-demo-");
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("driver").toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true);
        try (MediaDriver driver = MediaDriver.launch(context)) {
            Path output = folder.resolve("peer.txt");
            Process peer = new ProcessBuilder(command(driver.aeronDirectoryName()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                return exchange(driver.aeronDirectoryName(), peer);
            } catch (IllegalStateException e) {
                throw new IOException(e.getMessage() + "\n" + Files.readString(output), e);
            } finally {
                peer.destroyForcibly().waitFor();
                Files.deleteIfExists(output);
            }
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private List<String> command(String driverFolder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AeronPeer.class.getName()));
        command.addAll(List.of(driverFolder, channel, "" + bytes, "" + messages));
        return command;
    }

    private Result exchange(String driverFolder, Process peer) {
        try (SlabCache cache = SlabCache.builder("sent", bytes).build();
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driverFolder));
                Publication there = aeron.addPublication(channel, STREAM);
                Subscription back = aeron.addSubscription(BACK, ANSWERS)) {
            BufferPool pool = BufferPool.of(cache);
            await(there::isConnected, peer);
            long begun = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                UnsafeBuffer message = pool.allocate();
                fill(message, i);
                offer(there, message, bytes);
                pool.free(message);
            }
            long[] whole = {-1};
            await(() -> back.poll((buffer, offset, length, header) -> whole[0] = buffer.getLong(offset), 1) > 0, peer);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Result(
                    whole[0],
                    seconds,
                    cache.stats().liveObjects() + cache.stats().cachedObjects(),
                    cache.stats().liveObjects());
        }
    }

    private static void fill(UnsafeBuffer message, int number) {
        message.putLong(0, number);
        for (int at = AeronPeer.HEADER_BYTES; at < message.capacity(); at++) {
            message.putByte(at, (byte) (number + at));
        }
        message.putLong(8, AeronPeer.checksum(message));
    }

    /** Waits while the receiver is slow. */
    static void offer(Publication publication, DirectBuffer message, int length) {
        IdleStrategy idle = new BackoffIdleStrategy();
        long begun = System.nanoTime();
        long position;
        while ((position = publication.offer(message, 0, length)) < 0) {
            if (position == Publication.CLOSED
                    || position == Publication.MAX_POSITION_EXCEEDED
                    || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("the message is not taken: " + Publication.errorString(position));
            }
            idle.idle();
        }
    }

    /** A condition that may look anew each time. */
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition, Process peer) {
        IdleStrategy idle = new BackoffIdleStrategy();
        long begun = System.nanoTime();
        while (!condition.holds()) {
            if (!peer.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("the other process does not answer");
            }
            idle.idle();
        }
    }
}
