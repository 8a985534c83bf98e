/**
 * Helpers that the tests of several packages share. Read {@code Healthy} first, the check of a cache after any test.
 */
package io.slabcache.tests.support;
