/**
 * What a cache says about itself and its users: exceptions, reports, statistics, and the choices of what is checked and
 * debugged. Read {@link io.slabcache.diagnostics.SlabCacheStats} first. Uses no other package of this library.
 */
package io.slabcache.diagnostics;
