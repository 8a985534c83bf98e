package io.slabcache.bench.demo;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import io.slabcache.bench.run.ParentJvm;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The second process of {@link AeronDemo}: copies each fragment into a pooled object, which another thread checks and
 * frees. At the end it answers with the number of messages that it has found in order and whole, and with what it used.
 */
public final class AeronPeer {

    private static final int QUEUED = 1_024;

    private final BufferPool pool;
    private final OneToOneConcurrentArrayQueue<UnsafeBuffer> received = new OneToOneConcurrentArrayQueue<>(QUEUED);

    // Written by the checking thread, and read after it has ended.
    private long whole;
    private long heapBytes;

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
            AeronPeer peer = new AeronPeer(BufferPool.of(cache));
            peer.receive(there, messages);
            UnsafeBuffer answer = new AeronAnswer(peer.whole, AeronUse.of(cache, peer.heapBytes)).write();
            AeronDemo.offer(back, answer, answer.capacity(), new BackoffIdleStrategy());
            // The driver still has to send the answer: its reader ends this process.
            Thread.sleep(AeronDemo.PATIENCE.toMillis());
        }
    }

    private void receive(Subscription subscription, int messages) throws InterruptedException {
        Thread checker = Thread.ofPlatform().start(() -> check(messages));
        long heap = AeronUse.heapOfThread();
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
        long own = AeronUse.heapOfThread() - heap;
        checker.join();
        heapBytes += own;
    }

    /** On a thread of its own. */
    private void check(int messages) {
        long heap = AeronUse.heapOfThread();
        IdleStrategy idle = new BackoffIdleStrategy();
        for (int i = 0; i < messages; i++) {
            UnsafeBuffer message;
            while ((message = received.poll()) == null) {
                idle.idle();
            }
            idle.reset();
            whole += AeronMessage.isWhole(message, i) ? 1 : 0;
            pool.free(message);
        }
        heapBytes = AeronUse.heapOfThread() - heap;
    }
}
