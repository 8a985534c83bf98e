/**
 * One limit for the memory of many caches. Read {@code Ledger} first. Knows neither sources of memory nor caches: both
 * use it, through interfaces. Uses no other package of this library.
 */
@NullMarked
package io.slabcache.internal.budget;

import org.jspecify.annotations.NullMarked;
