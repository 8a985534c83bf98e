package io.slabcache.diagnostics;

/**
 * The statistics of an open cache, as a bean of the platform's server: attributes named as the accessors of {@link
 * SlabCacheStats}. See {@link io.slabcache.SlabCaches#registerBeans()}.
 *
 * <pre>{@code
 * for (ObjectName name : server.queryNames(new ObjectName("io.slabcache:type=SlabCache,*"), null)) {
 *     SlabCacheMXBean bean = JMX.newMXBeanProxy(server, name, SlabCacheMXBean.class);
 *     log.info("{}: {} live", bean.getName(), bean.getLiveObjects());
 * }
 * }</pre>
 *
 * <p>Each call takes a snapshot of its own; {@link #json} has all figures of one moment. A call to the bean of a cache that
 * closes meanwhile throws {@link IllegalStateException}. For any thread.
 */
public interface SlabCacheMXBean {
    /** {@return the name of the cache} */
    String getName();

    /** {@return the number of the cache, unique in this JVM} */
    long getId();

    /** {@return {@link SlabCacheStats#objectSize}} */
    long getObjectSize();

    /** {@return {@link SlabCacheStats#stride}} */
    long getStride();

    /** {@return {@link SlabCacheStats#liveObjects}} */
    long getLiveObjects();

    /** {@return {@link SlabCacheStats#cachedObjects}} */
    long getCachedObjects();

    /** {@return {@link SlabCacheStats#totalObjects}} */
    long getTotalObjects();

    /** {@return {@link SlabCacheStats#maxObjects}} */
    long getMaxObjects();

    /** {@return {@link SlabCacheStats#slabs}} */
    int getSlabs();

    /** {@return {@link SlabCacheStats#reservedBytes}} */
    long getReservedBytes();

    /** {@return {@link SlabCacheStats#budgetLimitBytes}} */
    long getBudgetLimitBytes();

    /** {@return {@link SlabCacheStats#budgetUsedBytes}} */
    long getBudgetUsedBytes();

    /** {@return {@link SlabCacheStats#heapBytes}} */
    long getHeapBytes();

    /** {@return {@link SlabCacheStats#allocations}} */
    long getAllocations();

    /** {@return {@link SlabCacheStats#frees}} */
    long getFrees();

    /** {@return {@link SlabCacheStats#refills}} */
    long getRefills();

    /** {@return {@link SlabCacheStats#flushes}} */
    long getFlushes();

    /** {@return {@link SlabCacheStats#depotGets}} */
    long getDepotGets();

    /** {@return {@link SlabCacheStats#depotPuts}} */
    long getDepotPuts();

    /** {@return {@link SlabCacheStats#contendedLocks}} */
    long getContendedLocks();

    /** {@return {@link SlabCacheStats#exhaustions}} */
    long getExhaustions();

    /** {@return {@link SlabCacheStats#misuses}} */
    long getMisuses();

    /** {@return {@link SlabCacheStats#leaks}} */
    long getLeaks();

    /** {@return {@link SlabCacheStats#threadCaches}} */
    int getThreadCaches();

    /** {@return {@link SlabCacheStats#magazineCapacity}} */
    int getMagazineCapacity();

    /** {@return {@link SlabCacheStats#unreachedCaches}} */
    int getUnreachedCaches();

    /** {@return {@link SlabCacheStats#unreachedObjects}} */
    long getUnreachedObjects();

    /** {@return {@link SlabCacheStats#growthStalls}} */
    long getGrowthStalls();

    /** {@return {@link SlabCacheStats#longestGrowthStall}} */
    long getLongestGrowthStall();

    /** {@return all figures and latencies as a table} */
    String table();

    /** {@return all figures and latencies in JSON, as {@link SlabCacheStats#toJson}} */
    String json();
}
