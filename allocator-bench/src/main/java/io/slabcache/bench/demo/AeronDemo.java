package io.slabcache.bench.demo;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.RegistrationException;
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
    public static final int LEAST_BYTES = AeronMessage.HEADER_BYTES;

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
     * @param sent what the sender used
     * @param received what the receiver used
     */
    public record Result(long whole, double seconds, AeronUse sent, AeronUse received) {}

    /**
     * Runs it.
     *
     * @throws IllegalArgumentException if Aeron refuses the channel
     * @throws IOException if the other process fails
     */
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
            } catch (RegistrationException e) {
                throw new IllegalArgumentException(channel + ": " + e.getMessage(), e);
            } catch (IllegalStateException e) {
                String said = Files.readString(output).strip();
                throw new IOException(
                        e.getMessage() + (said.isEmpty() ? "; it printed nothing" : "; it printed:\n" + said), e);
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
            long heap = AeronUse.heapOfThread();
            send(pool, there);
            AeronUse sent = AeronUse.of(cache, AeronUse.heapOfThread() - heap);
            AeronAnswer[] answer = {null};
            await(
                    () -> back.poll((buffer, offset, length, header) -> answer[0] = AeronAnswer.read(buffer, offset), 1)
                            > 0,
                    peer);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Result(answer[0].whole(), seconds, sent, answer[0].received());
        }
    }

    private void send(BufferPool pool, Publication there) {
        IdleStrategy idle = new BackoffIdleStrategy();
        for (int i = 0; i < messages; i++) {
            UnsafeBuffer message = pool.allocate();
            AeronMessage.fill(message, i);
            offer(there, message, bytes, idle);
            pool.free(message);
        }
    }

    /** Waits while the receiver is slow. */
    static void offer(Publication publication, DirectBuffer message, int length, IdleStrategy idle) {
        long position = publication.offer(message, 0, length);
        long begun = position < 0 ? System.nanoTime() : 0;
        while (position < 0) {
            if (position == Publication.CLOSED
                    || position == Publication.MAX_POSITION_EXCEEDED
                    || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "the other process takes no message: " + Publication.errorString(position));
            }
            idle.idle();
            position = publication.offer(message, 0, length);
        }
        idle.reset();
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
