/**
 * The command {@code memory}: how much memory a process has while objects come and go, and what an access costs with each kind of
 * pages. Read {@code MemoryFork} first.
 */
package io.slabcache.bench.memory;
