package io.slabcache.bench.demo.packets;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Arrays;
import java.util.function.Supplier;

/** The pools that are compared, in the order of the table. */
public enum PacketSubject {
    SLABCACHE("slabcache", "ByteBufferPool of a bounded SlabCache, standard checks", SlabPackets::new),
    QUEUE("queue", "buffers made before, in Agrona's queue for one thread at each end", QueuePackets::new),
    NETTY_ADAPTIVE(
            "netty-adaptive",
            "Netty AdaptiveByteBufAllocator, thread caches on, leak detection off",
            () -> new NettyPackets(new AdaptiveByteBufAllocator(true, true))),
    NETTY_POOLED(
            "netty-pooled",
            "Netty PooledByteBufAllocator, thread caches on, leak detection off",
            () -> new NettyPackets(new PooledByteBufAllocator(true))),
    ALLOCATE("allocate-direct", "ByteBuffer.allocateDirect for each packet, freed by the collector", NewPackets::new);

    private final String id;
    private final String about;
    private final Supplier<PacketPool<?>> opening;

    PacketSubject(String id, String about, Supplier<PacketPool<?>> opening) {
        this.id = id;
        this.about = about;
        this.opening = opening;
    }

    /** Returns its name in the table. */
    public String id() {
        return id;
    }

    /** Returns what it is, with the settings that matter. */
    public String about() {
        return about;
    }

    /** Returns the subject of an id. */
    static PacketSubject of(String id) {
        return Arrays.stream(values())
                .filter(subject -> subject.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown subject '" + id + "'"));
    }

    /** Makes the pool. */
    PacketPool<?> open() {
        return opening.get();
    }
}
