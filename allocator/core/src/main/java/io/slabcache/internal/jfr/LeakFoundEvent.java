package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.slabcache.LeakFound")
@Label("Leak Found")
@Category("Slabcache")
@Description("An object that no code can free any more was found; needs -Dslabcache.leaks")
@StackTrace(false)
final class LeakFoundEvent extends CacheEvent {
    @Label("Address")
    @MemoryAddress
    long address;

    @Label("Report")
    @Description("The report as text, with the stack of the allocation")
    String report = "";
}
