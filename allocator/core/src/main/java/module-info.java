/** Slabcache: an off-heap slab allocator with per-thread lockless magazines. */
@SuppressWarnings("module") // an edge is compiled later, and found at run time only if it is used
module io.slabcache {
    requires static jdk.jfr;
    requires static org.jspecify;
    requires transitive java.management;
    requires jdk.management;

    exports io.slabcache;
    exports io.slabcache.audit;
    exports io.slabcache.diagnostics;
    exports io.slabcache.memory;
    exports io.slabcache.nio;
    exports io.slabcache.internal.views to
            io.slabcache.agrona,
            io.slabcache.netty;
}
