package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.slabcache.Misuse")
@Label("Misuse")
@Category("Slabcache")
@Description("A call was refused because it broke the contract, or a damaged object was found")
@StackTrace(true)
final class MisuseEvent extends CacheEvent {
    @Label("Kind")
    String kind = "";

    @Label("Address")
    @Description("What was freed, or the first byte that was overwritten")
    @MemoryAddress
    long address;

    @Label("Report")
    @Description("The report as text")
    String report = "";
}
