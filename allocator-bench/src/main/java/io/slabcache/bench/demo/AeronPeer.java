package io.slabcache.bench.demo;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import io.slabcache.bench.run.ParentJvm;
import java.util.zip.CRC32C;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The second process of {@link AeronDemo}: copies each fragment into a pooled object, which another thread checks and
 * frees. At the end it answers with the number of messages that it has received and found in order and whole.
 */
public final class AeronPeer {

    static final int HEADER_BYTES = 16;

    private static final int QUEUED = 1_024;

    private final BufferPool pool;
    private final OneToOneConcurrentArrayQueue<UnsafeBuffer> received = new OneToOneConcurrentArrayQueue<>(QUEUED);

    private AeronPeer(BufferPool pool) {
        this.pool = pool;
    }

    /** Called in a JVM of its own, with the folder of the media driver, the channel, and the numbers of bytes and messages. */
    public static void main(String[] arguments) throws InterruptedException {
        ParentJvm.endTogether();
        int bytes = Integer.parseInt(arguments[2]);
        int messages = Integer.parseInt(arguments[3]);
        Aeron.Context context = new Aeron.Context().aeronDirectoryName(arguments[0]);
        try (SlabCache cache = SlabCache.builder("received", bytes).build();
                Aeron aeron = Aeron.connect(context);
                Subscription there = aeron.addSubscription(arguments[1], AeronDemo.STREAM);
                Publication back = aeron.addPublication(AeronDemo.BACK, AeronDemo.ANSWERS)) {
            long whole = new AeronPeer(BufferPool.of(cache)).receive(there, messages);
            if (cache.stats().liveObjects() != 0) {
                throw new AssertionError(cache.stats().toString());
            }
            UnsafeBuffer answer = new UnsafeBuffer(new byte[Long.BYTES]);
            answer.putLong(0, whole);
            AeronDemo.offer(back, answer, Long.BYTES);
            // The driver still has to send the answer: its reader ends this process.
            Thread.sleep(AeronDemo.PATIENCE.toMillis());
        }
    }

    private long receive(Subscription subscription, int messages) throws InterruptedException {
        long[] whole = {0};
        Thread checker = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < messages; i++) {
                UnsafeBuffer message = next();
                whole[0] += message.getLong(0) == i && message.getLong(8) == checksum(message) ? 1 : 0;
                pool.free(message);
            }
        });
        IdleStrategy idle = new BackoffIdleStrategy();
        int[] copied = {0};
        FragmentHandler handler = (buffer, offset, length, header) -> {
            UnsafeBuffer message = pool.allocate();
            message.putBytes(0, buffer, offset, length);
            while (!received.offer(message)) {
                idle.idle();
            }
            copied[0]++;
        };
        while (copied[0] < messages) {
            idle.idle(subscription.poll(handler, 16));
        }
        checker.join();
        return whole[0];
    }

    private UnsafeBuffer next() {
        IdleStrategy idle = new BackoffIdleStrategy();
        UnsafeBuffer message;
        while ((message = received.poll()) == null) {
            idle.idle();
        }
        return message;
    }

    /** Of everything behind the number and the checksum. */
    static long checksum(UnsafeBuffer message) {
        CRC32C sum = new CRC32C();
        for (int at = HEADER_BYTES; at < message.capacity(); at++) {
            sum.update(message.getByte(at));
        }
        return sum.getValue();
    }
}
