/** An extension for JUnit Jupiter that fails tests which leak objects or caches of Slabcache. */
module io.slabcache.junit {
    requires transitive org.junit.jupiter.api;
    requires io.slabcache;
    requires static org.jspecify;

    exports io.slabcache.junit;
}
