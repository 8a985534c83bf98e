/** Buffers of Netty whose memory comes from a {@code SlabAllocator}. */
module io.slabcache.netty {
    requires transitive io.netty.buffer;
    requires transitive io.slabcache;
    requires io.netty.common;
    requires static jdk.jfr;
    requires static org.jspecify;

    exports io.slabcache.netty;
}
