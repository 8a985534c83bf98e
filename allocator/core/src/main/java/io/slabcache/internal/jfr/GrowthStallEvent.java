package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.slabcache.GrowthStall")
@Label("Growth Stall")
@Category("Slabcache")
@Description("A thread that needed an object waited for a new slab, made by itself or by another thread")
@Threshold("0 ms")
final class GrowthStallEvent extends StepEvent {
    @Override
    void measure(long amount) {}
}
