/** Memory of Apache Arrow's buffers from a slab allocator. */
module io.slabcache.arrow {
    requires transitive io.slabcache;
    requires transitive org.apache.arrow.memory.core;
    requires static org.jspecify;

    exports io.slabcache.arrow;
}
