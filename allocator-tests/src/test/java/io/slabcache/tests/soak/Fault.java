package io.slabcache.tests.soak;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The faults that are injected into working caches. */
enum Fault {
    /** The memory source fails at times with an error or an exception, and delays the return of a region. */
    MEMORY,
    /** Constructor callbacks throw, allocate from their cache, and free objects of any cache. */
    CONSTRUCTOR,
    /** All threads are interrupted repeatedly. */
    INTERRUPT,
    /** Allocations and frees overflow the stack at times, at any depth. */
    STACK;

    /** Parses names separated by commas, in any case; empty for none. */
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
