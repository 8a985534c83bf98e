/**
 * The entry point of the jar, compiled for Java 8 so that any {@code java} can start it; it finds a newer one if
 * needed. Of the rest of the program it knows only the name of the main class. Read {@code Main} first.
 */
package io.slabcache.bench.launch;
