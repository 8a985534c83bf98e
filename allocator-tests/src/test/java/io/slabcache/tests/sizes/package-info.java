/**
 * {@code SlabAllocator}: objects of all sizes, misuse, threads, memory. Read {@code SizedObjectTest} first, then {@code
 * SizedModelTest}.
 */
package io.slabcache.tests.sizes;
