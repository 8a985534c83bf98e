package io.slabcache.bench.latency;

/** What the load does while the bystander measures its own waits. */
enum Phase {
    GROW,
    FREE,
    SHRINK
}
