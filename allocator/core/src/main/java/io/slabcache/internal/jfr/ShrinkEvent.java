package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("io.slabcache.Shrink")
@Label("Shrink")
@Category("Slabcache")
@Description("A thread gave empty slabs back to the memory source")
@Threshold("0 ms")
final class ShrinkEvent extends StepEvent {
    @Label("Bytes")
    @Description("The memory that went back")
    @DataAmount
    long bytes;

    @Override
    void measure(long amount) {
        bytes = amount;
    }
}
