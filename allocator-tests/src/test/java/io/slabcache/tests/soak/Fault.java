package io.slabcache.tests.soak;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is done to the caches while they work. */
enum Fault {
    /** The memory source fails now and then, with an error or an exception, and holds a region back. */
    MEMORY,
    /** Constructor callbacks throw, allocate from their cache, and free objects of any cache. */
    CONSTRUCTOR,
    /** All threads are interrupted all the time. */
    INTERRUPT,
    /** Allocations and frees run out of stack now and then, somewhere on their way. */
    STACK;

    /** Names separated by commas, in any case; empty for none. */
    static Set<Fault> parse(String names) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (String name : names.split(",")) {
            if (!name.isBlank()) {
                faults.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
            }
        }
        return faults;
    }
}
