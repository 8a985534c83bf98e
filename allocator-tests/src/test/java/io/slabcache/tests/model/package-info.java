/**
 * Random calls on random caches, compared with a simple model. Known-bad caches prove that the comparison finds faults.
 * Read {@code ModelTest} first, then {@code Driver} and {@code Model}.
 */
package io.slabcache.tests.model;
