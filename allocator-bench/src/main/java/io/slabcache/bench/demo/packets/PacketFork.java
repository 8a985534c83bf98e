package io.slabcache.bench.demo.packets;

import io.slabcache.bench.demo.Collector;
import io.slabcache.bench.latency.Times;
import io.slabcache.bench.run.ChildJvm;
import java.nio.file.Path;

/** Measures one pool, in a JVM of its own. A datagram that was changed or came out of order makes it fail. */
public final class PacketFork {

    private static final double NANOS_PER_SECOND = 1e9;

    private PacketFork() {}

    /** Called by {@link ChildJvm}. */
    public static void main(String[] arguments) throws Exception {
        ChildJvm.serve(arguments, PacketTask.class, PacketFork::run);
    }

    static PacketMeasurement run(PacketTask task) throws Exception {
        try (PacketPool<?> pool = PacketSubject.of(task.subject()).open()) {
            return measure(task, pool);
        }
    }

    private static <P> PacketMeasurement measure(PacketTask task, PacketPool<P> pool) throws Exception {
        Traffic traffic = task.pcap() == null
                ? new SeededTraffic(task.seed())
                : new CapturedTraffic(Capture.read(Path.of(task.pcap())));
        new WarmUp<>(pool).run(nanos(task.warmupSeconds() / 2));
        new Exchange<>(pool, traffic).run(nanos(task.warmupSeconds() / 2));
        long collections = Collector.collections();
        Exchange.Result result = new Exchange<>(pool, traffic).run(nanos(task.seconds()));
        if (result.whole() != result.received()) {
            throw new IllegalStateException("%d of %d datagrams were changed or came out of order"
                    .formatted(result.received() - result.whole(), result.received()));
        }
        Times calls = result.takes();
        calls.histogram().add(result.gives().histogram());
        return new PacketMeasurement(
                task.subject(),
                task.round(),
                result.sent(),
                result.received(),
                result.seconds(),
                result.cpuNanos(),
                result.garbage(),
                Collector.collections() - collections,
                calls.encode());
    }

    private static long nanos(double seconds) {
        return (long) (seconds * NANOS_PER_SECOND);
    }
}
