/** Slabcache: an off-heap slab allocator with per-thread lockless magazines. */
module io.slabcache {
    requires static org.junit.jupiter.api;

    exports io.slabcache;
    exports io.slabcache.junit;
    exports io.slabcache.memory;
}
