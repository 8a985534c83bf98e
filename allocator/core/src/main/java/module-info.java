/** Slabcache: an off-heap slab allocator with per-thread lockless magazines. */
module io.slabcache {
    requires static org.jspecify;
    requires transitive java.management;
    requires jdk.management;

    exports io.slabcache;
    exports io.slabcache.audit;
    exports io.slabcache.diagnostics;
    exports io.slabcache.memory;
}
