package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.slabcache.ObjectSampled")
@Label("Object Sampled")
@Category("Slabcache")
@Description(
        "One of many allocations: one of each period of the event Sampling for each cache, and of those that need a new magazine at most 100 a second")
@StackTrace(true)
final class ObjectSampledEvent extends CacheEvent {
    @Label("Sample")
    @Description("The number of the sampled object, as in the event LiveObject")
    long sample;

    @Label("Address")
    @MemoryAddress
    long address;

    @Label("Object Size")
    @DataAmount
    long bytes;
}
