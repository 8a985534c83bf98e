package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.slabcache.Flush")
@Label("Flush")
@Category("Slabcache")
@Description("A thread moved many objects from a magazine to the slab lists")
@Threshold("20 us")
final class FlushEvent extends StepEvent {
    @Label("Objects")
    @Description("The number of objects that were moved")
    long objects;

    @Override
    void measure(long amount) {
        objects = amount;
    }
}
