package io.slabcache.internal.cache;

import io.slabcache.internal.util.StackReserve;
import org.jspecify.annotations.Nullable;

/**
 * Initializes the classes that calls may need for the first time at a bad moment. A class whose initializer finds the
 * heap full or the stack at its end stays broken for as long as the JVM lives: each later use throws {@link
 * NoClassDefFoundError}. So the first cache that is built initializes all classes of this library that have an
 * initializer, and those of the JDK that slow paths use, while there is room.
 */
final class FirstUse {
    /** Heap that all initializers together need at most, in bytes; about twice what was measured. */
    private static final int HEAP_BYTES = 512 << 10;

    /**
     * In {@code io.slabcache}: all classes with a static initializer, except {@link NativeAccess}, which may make the
     * JVM warn, and withstands a full heap by itself, and those of memory sources that a program has to ask for.
     */
    private static final String OWN = """
            Lease
            SlabAllocator
            SlabAllocatorBuilder
            SlabCacheBuilder
            diagnostics.Checks
            diagnostics.CorruptedObjectException$Kind
            diagnostics.Debug
            diagnostics.InvalidFreeException$Kind
            diagnostics.Latency
            diagnostics.MisusePolicy
            diagnostics.MisuseReport$Kind
            diagnostics.SlabCacheStats
            diagnostics.SlabCacheStats$Figure
            diagnostics.SlowStep
            internal.budget.Asking
            internal.cache.AllocationPath
            internal.cache.BulkCalls$1
            internal.cache.DebugLiveness
            internal.cache.DebugLog
            internal.cache.Guard
            internal.cache.HandleFormat
            internal.cache.Inspection
            internal.cache.Mode
            internal.cache.ObjectHistory
            internal.cache.Reports
            internal.cache.Sampling
            internal.config.DebugRequests
            internal.config.FaultText
            internal.config.GuardPlan
            internal.config.LeakPlan
            internal.config.Property
            internal.config.SamplingRate
            internal.debug.Account
            internal.debug.ObjectRecords
            internal.debug.ObjectRecords$State
            internal.debug.Poison
            internal.debug.Redzones
            internal.debug.Tracker
            internal.debug.UsedSizes
            internal.keeper.KeeperThread
            internal.jmx.CacheBeans
            internal.leaks.LiveSamples
            internal.keeper.Kept$Need
            internal.magazine.Depot
            internal.magazine.Magazine
            internal.magazine.MagazinePair
            internal.magazine.MagazineShares
            internal.magazine.SpareObject
            internal.magazine.ThreadCache
            internal.magazine.ThreadCaches
            internal.magazine.ThreadTable
            internal.magazine.WaitingThread
            internal.observe.Latencies
            internal.registry.Audit
            internal.registry.CacheIdentity
            internal.registry.CacheRegistry
            internal.sizes.AnySize
            internal.sizes.ArenaObjects
            internal.sizes.ClassCaches
            internal.sizes.LargeRegions
            internal.sizes.SizeClasses
            internal.sizes.ThreadRows
            internal.slab.FirstSlab
            internal.slab.Generations
            internal.slab.Grower$1
            internal.slab.Growth$Kind
            internal.slab.Growth$Phase
            internal.slab.Growth$Start
            internal.slab.Growths
            internal.slab.HandleTable
            internal.slab.LeaseMarks
            internal.slab.RegionReturns
            internal.slab.Slab
            internal.slab.SlabDirectory
            internal.slab.SlabGeometry
            internal.slab.SlabIndex
            internal.slab.SlabList
            internal.slab.SlabRanges
            internal.slab.SlabRegion
            internal.slab.SlabViews
            internal.slab.SlabWarming
            internal.slab.ViewKind
            internal.util.CountedLock
            internal.util.Log
            internal.util.StackReserve
            internal.util.TryLock
            internal.util.Waiting
            """;

    /** Of the JDK: found by the JVM's log of initializations. A JDK that has no class of such a name does without. */
    private static final String JDK = """
            java.lang.StackTraceElement$HashedModules
            java.lang.Thread$ThreadNumbering
            java.lang.ThreadLocal
            java.lang.classfile.CodeBuilder$1
            java.lang.foreign.Arena$1Holder
            java.lang.foreign.MemorySegment
            java.lang.foreign.ValueLayout
            java.lang.invoke.DirectMethodHandle$Interface
            java.lang.invoke.InnerClassLambdaMetafactory$SerializationSupport
            java.lang.invoke.TypeConvertingMethodAdapter$1
            java.lang.invoke.TypeConvertingMethodAdapter$BoxHolder
            java.util.AbstractList$RandomAccessSpliterator
            java.util.BitSet
            java.util.Formatter
            java.util.Formatter$FormatSpecifier
            java.util.Locale
            java.util.Random
            java.util.StringJoiner
            java.util.concurrent.ConcurrentHashMap$TreeBin
            java.util.concurrent.ThreadLocalRandom
            java.util.concurrent.TimeUnit
            java.util.concurrent.atomic.Striped64$Cell
            java.util.concurrent.locks.AbstractQueuedSynchronizer$Node
            java.util.concurrent.locks.LockSupport
            java.util.stream.LongPipeline$StatelessOp
            java.util.stream.Nodes$LongFixedNodeBuilder
            java.util.stream.Nodes$SpinedNodeBuilder
            java.util.stream.SliceOps
            jdk.internal.classfile.impl.BytecodeHelpers$1
            jdk.internal.foreign.AbstractMemorySegmentImpl
            jdk.internal.foreign.ConfinedSession
            jdk.internal.foreign.HeapMemorySegmentImpl
            jdk.internal.foreign.MemorySessionImpl
            jdk.internal.foreign.MemorySessionImpl$ResourceList$ResourceCleanup
            jdk.internal.foreign.NativeMemorySegmentImpl
            jdk.internal.foreign.SegmentFactories
            jdk.internal.foreign.SharedSession
            jdk.internal.foreign.SharedSession$SharedResourceList
            jdk.internal.foreign.Utils
            jdk.internal.foreign.Utils$BaseAndScale
            """;

    private static final String INTERNAL_CACHE = "internal.cache";

    private static volatile boolean isPrepared;

    /** A field, so that no compiler removes the array. */
    private static byte @Nullable [] room;

    private FirstUse() {}

    /**
     * Initializes all of these classes, unless that was done.
     *
     * @throws OutOfMemoryError if the heap has too little room; nothing is broken, and a later call may succeed
     * @throws StackOverflowError if the stack has too little room; likewise
     */
    static void prepare() {
        if (!isPrepared) {
            StackReserve.claimForFirstUse();
            room = new byte[HEAP_BYTES];
            room = null;
            String own = FirstUse.class.getPackageName();
            initialize(FirstUse.class.getClassLoader(), own.substring(0, own.length() - INTERNAL_CACHE.length()), OWN);
            initialize(null, "", JDK);
            isPrepared = true;
        }
    }

    private static void initialize(@Nullable ClassLoader loader, String prefix, String names) {
        for (String name : names.split("\n")) {
            try {
                Class.forName(prefix + name, true, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                // Another JDK, or a class under a new name: its first use initializes it, as ever.
            }
        }
    }
}
