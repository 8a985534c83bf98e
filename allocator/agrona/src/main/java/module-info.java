/** Objects of Slabcache as buffers of Agrona, and the keeper of caches as an agent. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Agrona has no descriptor
module io.slabcache.agrona {
    requires transitive io.slabcache;
    requires transitive org.agrona;
    requires static org.jspecify;

    exports io.slabcache.agrona;
}
