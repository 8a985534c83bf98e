package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.slabcache.SlowStepLatency")
@Label("Slow Step Latency")
@Category("Slabcache")
@Description("How long a slow step of an open cache has taken so far")
@StackTrace(false)
@Enabled(false)
@Period("5 s")
final class SlowStepLatencyEvent extends CacheEvent {
    @Label("Step")
    String step = "";

    @Label("Count")
    @Description("How often the step was timed")
    long count;

    @Label("Median")
    @Description("At most twice the exact one")
    @Timespan(Timespan.NANOSECONDS)
    long p50;

    @Label("99th Percentile")
    @Description("At most twice the exact one")
    @Timespan(Timespan.NANOSECONDS)
    long p99;

    @Label("Longest")
    @Timespan(Timespan.NANOSECONDS)
    long longest;

    @Label("Counts")
    @Description("How often, by time: below 128 ns, then twice as long in each, separated by commas")
    String counts = "";
}
