/**
 * What the user wants: the settings of one cache, and the plans that settings and system properties give together. Read {@code
 * CacheSettings} first. Uses the packages below it only for their options.
 */
package io.slabcache.internal.config;
