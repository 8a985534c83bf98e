/** What a cache keeps for those who watch it. Read {@code Latencies} first. Uses {@code diagnostics}. */
@NullMarked
package io.slabcache.internal.observe;

import org.jspecify.annotations.NullMarked;
