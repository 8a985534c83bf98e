/**
 * The jar's entry, compiled for Java 8 so that it starts under whatever {@code java} there is, and
 * finds a newer one if need be. It knows of the rest of the program one name, that of its main class.
 */
package io.slabcache.bench.launch;
