package io.slabcache.tests.docs;

import io.slabcache.GenerationHandles;
import io.slabcache.Lease;
import io.slabcache.SlabAllocator;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.audit.LeakAudit;
import io.slabcache.diagnostics.MisuseReport;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.ByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.management.MBeanServer;

/** The names that examples in Javadoc take for granted. They are compiled, never run. */
public abstract class Surroundings {
    protected SlabCache cache;
    protected SlabCacheBuilder builder;
    protected SlabAllocator messages;
    protected GenerationHandles orders;
    protected MemorySegment packet;
    protected Lease lease;
    protected LeakAudit audit;
    protected long order;
    protected VarHandle priceOfOrder;
    protected long bytes;
    protected long alignment;
    protected boolean running;
    protected AtomicLong total;
    protected Queue queue;
    protected Log log;
    protected ByteChannel channel;
    protected MBeanServer server;

    /** Hands objects or leases to another thread. */
    public interface Queue {
        void put(MemorySegment object);

        void put(Lease lease);

        Lease take();
    }

    /** A logger as most programs have one. */
    public interface Log {
        void info(String text, Object... values);

        void warn(String text, Object... values);
    }

    protected abstract void assertTrue(boolean holds, Supplier<String> message);

    protected abstract void alarm(MisuseReport.Kind kind, String text);

    protected abstract void dump(long object, long offset);

    protected abstract void send(MemorySegment object);

    protected abstract void shedLoad();

    protected abstract void runTheTest();

    protected abstract void idle(int steps);
}
