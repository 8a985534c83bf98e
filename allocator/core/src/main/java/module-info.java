/** Slabcache: an off-heap slab allocator with per-thread lockless magazines. */
@SuppressWarnings("module") // io.slabcache.junit is built after this module, so the compiler cannot find it here
module io.slabcache {
    exports io.slabcache;
    exports io.slabcache.memory;
    exports io.slabcache.internal.debug to
            io.slabcache.junit;
}
