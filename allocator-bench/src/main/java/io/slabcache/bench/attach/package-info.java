/** Finds running JVMs that use Slabcache and reads their figures, without a restart. Read {@code Attachment} first. */
package io.slabcache.bench.attach;
