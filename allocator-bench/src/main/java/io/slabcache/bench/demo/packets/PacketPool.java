package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;

/**
 * Where the receiver gets buffers. One thread takes them, another one gives them back.
 *
 * @param <P> what goes from one thread to the other
 */
interface PacketPool<P> extends AutoCloseable {

    /** Bytes of each buffer: the next power of two above the largest packet of an Ethernet. */
    int BYTES = 2_048;

    /** The most packets that the program holds at a time, with room for what the caches of threads hold. */
    int MOST = 4_096;

    /** Returns a packet without content. */
    P take();

    /** Returns the buffer to receive into, from its position to its limit. */
    ByteBuffer empty(P packet);

    /** Notes how many bytes were received. */
    void filled(P packet, int bytes);

    /** Returns what was received, from its position to its limit. */
    ByteBuffer content(P packet);

    /** Ends the use of a packet. */
    void give(P packet);

    /** Returns whether {@link #give} does anything. */
    default boolean takesBack() {
        return true;
    }

    /** Makes a thread of the kind that the pool works best with. */
    default Thread newThread(Runnable body, String name) {
        return new Thread(body, name);
    }

    @Override
    default void close() {}
}
