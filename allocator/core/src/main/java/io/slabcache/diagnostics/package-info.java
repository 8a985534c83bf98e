/**
 * What a cache says about itself and its users: exceptions, reports, statistics; and the choice of checks and
 * debugging. Read {@link io.slabcache.diagnostics.SlabCacheStats} first. Uses no other package of this library.
 */
@NullMarked
package io.slabcache.diagnostics;

import org.jspecify.annotations.NullMarked;
