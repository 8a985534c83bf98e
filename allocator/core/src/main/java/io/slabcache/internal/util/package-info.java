/** What every layer may use and what uses no layer: a counted lock. */
package io.slabcache.internal.util;
