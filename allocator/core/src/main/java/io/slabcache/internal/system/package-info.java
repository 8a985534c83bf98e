/**
 * Memory straight from Linux: the calls of its C library, one mapping, and what its refusals mean. Read {@code Mapping}
 * first. Uses no other package of this library.
 */
@NullMarked
package io.slabcache.internal.system;

import org.jspecify.annotations.NullMarked;
