package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

@Name("io.slabcache.CachedObjects")
@Label("Cached Objects")
@Category("Slabcache")
@Description("The free objects of an open cache in the magazines of one thread, or in the depot")
@StackTrace(false)
@Enabled(false)
@Period("5 s")
final class CachedObjectsEvent extends CacheEvent {
    @Label("Holder")
    @Description("The name of the thread; or virtual threads, or the depot")
    String holder = "";

    @Label("Thread ID")
    @Description("The number of the thread; 0 if it is none")
    long threadId;

    @Label("Objects")
    long objects;
}
