/**
 * Finds what a part of a program leaves live in caches; for tests and test frameworks. Start with
 * {@link io.slabcache.audit.LeakAudit}. It uses the registry of open caches and nothing of the caches' front door.
 */
package io.slabcache.audit;
