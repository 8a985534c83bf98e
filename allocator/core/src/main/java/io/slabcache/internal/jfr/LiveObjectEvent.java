package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.slabcache.LiveObject")
@Label("Live Object")
@Category("Slabcache")
@Description("A sampled object that is still live at the end of the chunk")
@StackTrace(false)
@Period("endChunk")
final class LiveObjectEvent extends CacheEvent {
    @Label("Sample")
    @Description("The number of the sampled object, as in the event ObjectSampled")
    long sample;

    @Label("Address")
    @MemoryAddress
    long address;

    @Label("Object Size")
    @DataAmount
    long bytes;

    @Label("Age")
    @Description("The time since the allocation")
    @Timespan(Timespan.MILLISECONDS)
    long age;

    @Label("Allocated By")
    @Description("The name of the thread that allocated it")
    String allocatedBy = "";

    @Label("Allocated At")
    @Description("The stack of the allocation")
    String allocatedAt = "";
}
