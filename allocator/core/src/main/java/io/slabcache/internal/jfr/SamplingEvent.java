package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** A clock: never committed. Its period is the setting, which an event with a stack cannot have. */
@Name("io.slabcache.Sampling")
@Label("Sampling")
@Category("Slabcache")
@Description(
        "Has each cache sample one of its next allocations in each period: see ObjectSampled. Has no events itself")
@StackTrace(false)
@Period("20 ms")
final class SamplingEvent extends Event {}
