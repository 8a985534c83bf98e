/**
 * Memory that is there before it is needed, and goes back when it is not: keepers, reserved objects, one region, trims.
 * Read {@code KeeperTest} and {@code ReserveTest} first.
 */
package io.slabcache.tests.growth;
