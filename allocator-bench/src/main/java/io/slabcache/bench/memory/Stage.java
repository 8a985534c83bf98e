package io.slabcache.bench.memory;

/** The ends of the parts of the load, in order. */
public enum Stage {
    /** A quarter of the objects is live. */
    STEADY_BEGIN,
    /** They were replaced one by one, at random, for some time. */
    STEADY_END,
    /** All objects are live. */
    FULL,
    /** Nine of ten were freed, at random. */
    TENTH,
    /** All were freed. */
    EMPTY,
    /** The allocator was told to give back memory, if it has a call for that. */
    SHRUNK,
    /** Some time has passed. */
    IDLE
}
