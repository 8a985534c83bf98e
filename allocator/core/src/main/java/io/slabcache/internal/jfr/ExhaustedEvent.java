package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.slabcache.Exhausted")
@Label("Exhausted")
@Category("Slabcache")
@Description("An allocation was refused at the bound; at most 20 a second for each cache")
@StackTrace(true)
final class ExhaustedEvent extends CacheEvent {
    @Label("Exhaustions")
    @Description("All refused allocations of the cache so far")
    long exhaustions;

    @Label("Bound")
    @Description("The bound on live objects")
    long maxObjects;
}
