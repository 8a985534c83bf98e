package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.slabcache.AllocationSite")
@Label("Allocation Site")
@Category("Slabcache")
@Description("The live objects of a tracked cache that one place has allocated; the 20 places with the most objects")
@StackTrace(false)
@Enabled(false)
@Period("5 s")
final class AllocationSiteEvent extends CacheEvent {
    @Label("Objects")
    long objects;

    @Label("Live Bytes")
    @DataAmount
    long liveBytes;

    @Label("Oldest Age")
    @Description("The time since the first of the allocations")
    @Timespan(Timespan.MILLISECONDS)
    long oldestAge;

    @Label("Allocated At")
    @Description("The stack of the allocations")
    String allocatedAt = "";
}
