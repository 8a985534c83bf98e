/**
 * Memory sources besides the default one, looked at in the files of Linux: what they take, what they give back, and what
 * becomes of a refusal. Read {@code MappedMemoryTest} first.
 */
package io.slabcache.tests.sources;
