/**
 * The user's wishes: the settings of one cache, and the plans made from settings and system properties. Read {@code
 * CacheSettings} first. Uses the packages below it only for their options.
 */
@NullMarked
package io.slabcache.internal.config;

import org.jspecify.annotations.NullMarked;
