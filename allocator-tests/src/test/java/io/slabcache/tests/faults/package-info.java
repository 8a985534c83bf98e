/**
 * The index of all faults that a cache has to withstand, and tests of each in every debug mode and through all entry
 * points. Read {@code Fault} first, then {@code FaultContract}.
 */
package io.slabcache.tests.faults;
