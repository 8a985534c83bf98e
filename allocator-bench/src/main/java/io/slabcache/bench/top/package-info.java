/** Shows the caches of a running JVM in a terminal, and as JSON. Read {@code TopScreen} first. */
package io.slabcache.bench.top;
