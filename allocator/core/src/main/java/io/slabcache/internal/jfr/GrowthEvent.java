package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.slabcache.Growth")
@Label("Growth")
@Category("Slabcache")
@Description("A thread made a slab")
@Threshold("0 ms")
final class GrowthEvent extends StepEvent {
    @Label("Objects")
    @Description("The number of objects of the slab")
    long objects;

    @Override
    void measure(long amount) {
        objects = amount;
    }
}
