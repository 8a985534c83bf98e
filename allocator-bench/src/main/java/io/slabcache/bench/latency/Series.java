package io.slabcache.bench.latency;

/** What is timed in a fork. */
public enum Series {
    /** The allocation, from the time at which it was due. */
    ALLOCATE("allocate"),
    /** The same, until the first 8 bytes are written. */
    WRITE("allocate, write"),
    /** The free, from the time at which it was due. */
    FREE("free"),
    /** The allocating call alone: what a measurement without the times due would show. */
    CALL("allocate, call alone"),
    /** The gaps between readings of the clock, in the thread of the load while it waits. */
    GAP("gaps of the load"),
    /** The late wake-ups of a thread that only sleeps. */
    HICCUP("hiccups"),
    /** The calls of the bystander while the load grows. */
    BYSTANDER_GROW("bystander, grow"),
    /** The same while it frees everything. */
    BYSTANDER_FREE("bystander, free"),
    /** The same while it shrinks. */
    BYSTANDER_SHRINK("bystander, shrink");

    private final String about;

    Series(String about) {
        this.about = about;
    }

    /** Returns its heading. */
    public String about() {
        return about;
    }
}
