package io.slabcache.bench.demo.packets;

import java.util.concurrent.FutureTask;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Bursts of packets that go from one thread to another one without a network: so many that the compiler also sees the rare
 * steps of a pool, which it would not for minutes at the pace of a network.
 *
 * @param <P> the packets of the pool
 */
final class WarmUp<P> {

    private static final int BURST = PacketPool.MOST / 2;

    private final PacketPool<P> pool;
    private final OneToOneConcurrentArrayQueue<P> packets = new OneToOneConcurrentArrayQueue<>(BURST);
    private volatile boolean ended;

    WarmUp(PacketPool<P> pool) {
        this.pool = pool;
    }

    /** Returns after so long, when all packets are given back. */
    void run(long nanos) throws Exception {
        FutureTask<Void> taker = new FutureTask<>(() -> take(nanos), null);
        FutureTask<Void> giver = new FutureTask<>(this::give, null);
        pool.newThread(taker, "taker").start();
        pool.newThread(giver, "giver").start();
        taker.get();
        giver.get();
    }

    private void take(long nanos) {
        IdleStrategy idle = new BackoffIdleStrategy();
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - begun < nanos) {
                for (int i = 0; i < BURST; i++) {
                    P packet = pool.take();
                    pool.filled(packet, pool.empty(packet).remaining());
                    packets.offer(packet);
                }
                while (!packets.isEmpty()) {
                    idle.idle();
                }
            }
        } finally {
            ended = true;
        }
    }

    private void give() {
        IdleStrategy idle = new BackoffIdleStrategy();
        boolean last;
        do {
            last = ended; // read before the queue: nothing comes after it
            P packet;
            while ((packet = packets.poll()) != null) {
                pool.content(packet);
                pool.give(packet);
            }
            idle.idle();
        } while (!last);
    }
}
