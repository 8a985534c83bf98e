package io.slabcache.bench.demo.packets;

import com.sun.management.ThreadMXBean;
import io.slabcache.bench.latency.Times;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Datagrams from the calling thread to itself, through the loopback: one thread receives each straight into a packet of the
 * pool, another one parses it and gives the packet back.
 *
 * @param <P> the packets of the pool
 */
final class Exchange<P> {

    /** Sent and not received yet. So many fit into a socket's buffer of the usual size, and nothing has to be lost. */
    private static final int WINDOW = 48;

    /** A datagram that is too short for a header ends the exchange. */
    private static final int END_BYTES = 1;

    private static final int QUEUED = 1_024;
    private static final long LOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_SECONDS = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PacketPool<P> pool;
    private final Traffic traffic;
    private final OneToOneConcurrentArrayQueue<P> packets = new OneToOneConcurrentArrayQueue<>(QUEUED);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final Times takes = new Times();
    private final Times gives = new Times();
    private final IdleStrategy parserIdle = new BackoffIdleStrategy();
    private DatagramChannel inward;

    Exchange(PacketPool<P> pool, Traffic traffic) {
        this.pool = pool;
        this.traffic = traffic;
    }

    /**
     * What happened.
     *
     * @param sent datagrams
     * @param received datagrams
     * @param whole received datagrams that came in order and unchanged
     * @param seconds until the last one was parsed
     * @param cpuNanos processor time of the receiver and the parser
     * @param garbage heap bytes that they allocated
     * @param takes times of the pool
     * @param gives times of the pool
     */
    record Result(
            long sent,
            long received,
            long whole,
            double seconds,
            long cpuNanos,
            long garbage,
            Times takes,
            Times gives) {}

    /** What one of the two threads tells at its end. */
    private record Report(long packets, long cpuNanos, long garbage, long endedNanos) {

        static Report now(long packets, long garbageBefore, long endedNanos) {
            return new Report(
                    packets,
                    THREADS.getCurrentThreadCpuTime(),
                    THREADS.getCurrentThreadAllocatedBytes() - garbageBefore,
                    endedNanos);
        }
    }

    /** Sends as fast as they are received, for so long. */
    Result run(long nanos) throws IOException, InterruptedException {
        try (DatagramChannel in = DatagramChannel.open();
                DatagramChannel out = DatagramChannel.open()) {
            inward = in.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            out.connect(in.getLocalAddress());
            FutureTask<Report> receiver = new FutureTask<>(this::receive);
            FutureTask<Report> parser = new FutureTask<>(this::parse);
            start(receiver, "receiver");
            start(parser, "parser");
            long begun = System.nanoTime();
            send(out, begun, nanos, receiver);
            while (!receiver.isDone()) {
                out.write(ByteBuffer.allocate(END_BYTES));
                TimeUnit.MILLISECONDS.sleep(1);
            }
            Report before = result(receiver);
            Report after = result(parser);
            return new Result(
                    sent.get(),
                    before.packets,
                    after.packets,
                    (after.endedNanos - begun) / NANOS_PER_SECOND,
                    before.cpuNanos + after.cpuNanos,
                    before.garbage + after.garbage,
                    takes,
                    gives);
        }
    }

    /** As a daemon: one that fails does not keep the JVM alive for the other one. */
    private void start(Runnable body, String name) {
        Thread thread = pool.newThread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static Report result(FutureTask<Report> thread) throws InterruptedException {
        try {
            return thread.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("a thread does not end", e);
        }
    }

    /** Returns after the receiver got the last datagram, or no other one for a while. */
    private void send(DatagramChannel out, long begun, long nanos, FutureTask<Report> receiver) throws IOException {
        long count = 0;
        long lost = 0;
        while (System.nanoTime() - begun < nanos && !receiver.isDone()) {
            ByteBuffer datagram = traffic.datagram(count);
            sent.lazySet(++count);
            out.write(datagram);
            if (count - lost - received.get() >= WINDOW) {
                lost += awaitAll(count - lost - WINDOW / 2, count - lost);
            }
        }
        awaitAll(count - lost, count - lost);
    }

    /** Waits until so many were received. If none comes for a while, the rest is lost: returns how many. */
    private long awaitAll(long enough, long all) {
        long last = received.get();
        long since = System.nanoTime();
        while (last < enough) {
            Thread.yield();
            long now = received.get();
            if (now != last) {
                last = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > LOST_NANOS) {
                return all - now;
            }
        }
        return 0;
    }

    private Report receive() throws IOException {
        IdleStrategy idle = new BackoffIdleStrategy();
        long garbage = THREADS.getCurrentThreadAllocatedBytes();
        long count = 0;
        int bytes;
        do {
            long begun = System.nanoTime();
            P packet = pool.take();
            ByteBuffer buffer = pool.empty(packet);
            takes.record(System.nanoTime() - begun);
            int start = buffer.position();
            inward.receive(buffer);
            bytes = buffer.position() - start;
            pool.filled(packet, bytes);
            while (!packets.offer(packet)) {
                idle.idle();
            }
            idle.reset();
            if (bytes > END_BYTES) {
                received.lazySet(++count);
            }
        } while (bytes > END_BYTES);
        return Report.now(count, garbage, System.nanoTime());
    }

    private Report parse() {
        long garbage = THREADS.getCurrentThreadAllocatedBytes();
        boolean takesBack = pool.takesBack();
        Traffic.Parser parser = traffic.parser();
        long whole = 0;
        long last = -1;
        long ended = System.nanoTime();
        for (; ; ) {
            P packet = next();
            ByteBuffer content = pool.content(packet);
            if (content.remaining() <= END_BYTES) {
                pool.give(packet);
                return Report.now(whole, garbage, ended);
            }
            long number = parser.parse(content, sent.get());
            if (number > last) {
                last = number;
                whole++;
            }
            long begun = System.nanoTime();
            pool.give(packet);
            ended = System.nanoTime();
            if (takesBack) {
                gives.record(ended - begun);
            }
        }
    }

    private P next() {
        P packet;
        while ((packet = packets.poll()) == null) {
            parserIdle.idle();
        }
        parserIdle.reset();
        return packet;
    }
}
