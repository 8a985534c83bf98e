package io.slabcache.bench.attach;

/**
 * A JVM on this machine.
 *
 * @param pid its process
 * @param program main class or jar, with its arguments
 */
public record RunningJvm(long pid, String program) {}
