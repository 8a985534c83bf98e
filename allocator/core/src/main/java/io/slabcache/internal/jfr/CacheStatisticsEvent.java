package io.slabcache.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Frequency;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

@Name("io.slabcache.CacheStatistics")
@Label("Cache Statistics")
@Category("Slabcache")
@Description("What an open cache holds and has done")
@StackTrace(false)
@Period("5 s")
final class CacheStatisticsEvent extends CacheEvent {
    @Label("Object Size")
    @DataAmount
    long objectSize;

    @Label("Live Objects")
    @Description("Handed out and not yet freed")
    long liveObjects;

    @Label("Live Bytes")
    @Description("Live objects times the distance between two objects")
    @DataAmount
    long liveBytes;

    @Label("Cached Objects")
    @Description("Free in the magazines of threads and of the depot")
    long cachedObjects;

    @Label("Total Objects")
    @Description("The objects of all slabs")
    long totalObjects;

    @Label("Bound")
    @Description("The bound on live objects; the largest number without one")
    long maxObjects;

    @Label("Slabs")
    long slabs;

    @Label("Reserved Memory")
    @Description("Off-heap memory of the slabs")
    @DataAmount
    long reservedBytes;

    @Label("Heap")
    @Description("An estimate of the Java heap of the cache")
    @DataAmount
    long heapBytes;

    @Label("Allocations")
    @Description("So far")
    long allocations;

    @Label("Frees")
    @Description("So far")
    long frees;

    @Label("Allocation Rate")
    @Description("Allocations per second since the previous event")
    @Frequency
    long allocationRate;

    @Label("Free Rate")
    @Description("Frees per second since the previous event")
    @Frequency
    long freeRate;

    @Label("Magazine Hit Ratio")
    @Description("The share of allocations since the previous event that needed neither the depot nor the slab lists")
    @Percentage
    float magazineHitRatio;

    @Label("Refills")
    @Description("So far")
    long refills;

    @Label("Flushes")
    @Description("So far")
    long flushes;

    @Label("Magazine Capacity")
    @Description("The number of objects in a magazine of a busy thread")
    long magazineCapacity;

    @Label("Thread Caches")
    @Description("The number of threads, and of stripes of virtual threads, that have magazines")
    long threadCaches;

    @Label("Contended Locks")
    @Description("Waits for a lock so far")
    long contendedLocks;

    @Label("Exhaustions")
    @Description("Allocations refused at the bound so far")
    long exhaustions;

    @Label("Misuses")
    @Description("So far")
    long misuses;

    @Label("Leaks")
    @Description("Found so far")
    long leaks;

    @Label("Growth Stalls")
    @Description("So far")
    long growthStalls;

    @Label("Longest Growth Stall")
    @Description("The longest wait for a new slab so far")
    @Timespan(Timespan.NANOSECONDS)
    long longestGrowthStall;
}
