/** Meters of Slabcache for Micrometer, which has no module descriptor: its name comes from its manifest. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.slabcache.micrometer {
    requires transitive micrometer.core;
    requires io.slabcache;
    requires static org.jspecify;

    exports io.slabcache.micrometer;
}
