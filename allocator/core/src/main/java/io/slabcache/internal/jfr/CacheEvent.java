package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** An event of one cache. */
@Category("Slabcache")
abstract class CacheEvent extends Event {
    @Label("Cache")
    @Description("The name of the cache")
    String cache = "";

    @Label("Cache ID")
    @Description("The number of the cache, unique in this JVM")
    long cacheId;

    void of(String cache, long id) {
        this.cache = cache;
        this.cacheId = id;
    }
}
