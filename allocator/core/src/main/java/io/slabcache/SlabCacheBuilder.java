package io.slabcache;

import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.cache.CacheAssembler;
import io.slabcache.internal.config.CacheSettings;
import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Describes a {@link SlabCache}. Every argument is checked when it is given. A builder may build several caches and is
 * for one thread.
 */
public final class SlabCacheBuilder {
    static final long DEFAULT_ALIGNMENT = 8;
    private static final int LARGEST_MAGAZINE = 1 << 16;

    private final String name;
    private boolean lockless = true;
    private Checks checks = Checks.STANDARD;
    private MisusePolicy misusePolicy = MisusePolicy.THROW;
    private final long objectSize;
    private long alignment;
    private long maxObjects = Long.MAX_VALUE;
    private long maxBytes = Long.MAX_VALUE;
    private long slabBytes;
    private int magazineCapacity = -1;
    private boolean kept = true;
    private SamplingRate guardRate;
    private Consumer<MemorySegment> constructor;

    private Consumer<MisuseReport> listener = report -> {};
    private final Set<Debug> debug = EnumSet.noneOf(Debug.class);
    private AllocationFaults faults;
    private MemorySource memory = MemorySource.arena();

    SlabCacheBuilder(String name, long objectSize, long alignment) {
        Objects.requireNonNull(name, "name");
        require(!name.isBlank(), "name", "'" + name + "'", "a name to know the cache by");
        require(objectSize >= 1 && objectSize <= SlabGeometry.MAX_BYTES, "objectSize", objectSize, "1 to 2^30 bytes");
        this.name = name;
        this.objectSize = objectSize;
        alignment(alignment);
    }

    /**
     * Alignment of every object; 8 by default, or that of the layout. An object's size is rounded up to it in memory.
     *
     * @param bytes power of two, up to 2^30
     * @return this
     */
    public SlabCacheBuilder alignment(long bytes) {
        require(
                Long.bitCount(bytes) == 1 && bytes > 0 && bytes <= SlabGeometry.MAX_BYTES,
                "alignment",
                bytes,
                "a power of two up to 2^30");
        this.alignment = bytes;
        return this;
    }

    /**
     * Bounds the number of objects; unbounded by default. At most a quarter of them is ever cached by threads other than
     * the caller.
     *
     * @param objects 1 or more
     * @return this
     */
    public SlabCacheBuilder maxObjects(long objects) {
        require(objects >= 1, "maxObjects", objects, "1 or more");
        this.maxObjects = objects;
        return this;
    }

    /**
     * Bounds the memory of the objects, alignment included; unbounded by default.
     *
     * @param bytes room for at least one object
     * @return this
     */
    public SlabCacheBuilder maxBytes(long bytes) {
        require(bytes >= objectSize, "maxBytes", bytes, "room for at least one object of " + objectSize + " bytes");
        this.maxBytes = bytes;
        return this;
    }

    /**
     * Makes every slab this large, rounded down to whole objects. By default the first slab has 4,096 objects within 64
     * KiB to 1 MiB, and further ones double the cache up to 33 MiB each, or hold one object if that is larger. Making one
     * takes about 0.75 ms per MiB. What is given back of slabs below 33 MiB may stay with the C library: see troubleshooting.
     *
     * @param bytes room for at least one object, up to 2^30
     * @return this
     */
    public SlabCacheBuilder slabBytes(long bytes) {
        require(
                bytes >= objectSize && bytes <= SlabGeometry.MAX_BYTES,
                "slabBytes",
                bytes,
                "room for at least one object of " + objectSize + " bytes, up to 2^30");
        this.slabBytes = bytes;
        return this;
    }

    /**
     * Objects per magazine, of which each thread has two. By default 256, fewer if they are larger than 1 KiB, and up to
     * four times as many once threads wait for the depot or allocate and free more than that in one go; a number given
     * here stays. A bounded cache lowers it so that two magazines are at most a quarter of the objects.
     *
     * @param objects 1 to 65,536
     * @return this
     */
    public SlabCacheBuilder magazineCapacity(int objects) {
        require(objects >= 1 && objects <= LARGEST_MAGAZINE, "magazineCapacity", objects, "1 to " + LARGEST_MAGAZINE);
        this.magazineCapacity = objects;
        return this;
    }

    /**
     * Whether threads have magazines, which is the default. Without, each call takes the lock of the slab lists.
     *
     * @param lockless false for the plain slab allocator
     * @return this
     */
    public SlabCacheBuilder lockless(boolean lockless) {
        this.lockless = lockless;
        return this;
    }

    /**
     * Whether to keep each object's segment, which takes 45 to 52 bytes of heap; by default true. Else each call makes one.
     *
     * @param kept false for about 2 bytes of heap per object
     * @return this
     */
    public SlabCacheBuilder handles(boolean kept) {
        this.kept = kept;
        return this;
    }

    /**
     * Run once on each object when its slab is made; what it writes is kept across free and allocate, as far as the users
     * of the object keep it. It must not allocate more from this cache than is free; if it throws, the slab is given back
     * and the caller of the allocation gets the exception.
     *
     * @param constructor gets the segment of each object
     * @return this
     */
    public SlabCacheBuilder constructor(Consumer<MemorySegment> constructor) {
        this.constructor = Objects.requireNonNull(constructor, "constructor");
        return this;
    }

    /**
     * What is checked on every free; {@link Checks#STANDARD} by default.
     *
     * @param checks the level
     * @return this
     */
    public SlabCacheBuilder checks(Checks checks) {
        this.checks = Objects.requireNonNull(checks, "checks");
        return this;
    }

    /**
     * What happens on misuse; {@link MisusePolicy#THROW} by default.
     *
     * @param policy the policy
     * @return this
     */
    public SlabCacheBuilder onMisuse(MisusePolicy policy) {
        this.misusePolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Hears of every misuse that the cache finds, whatever the policy, before the exception is thrown or logged. It runs
     * on the thread that found it and holds up nobody else; it may call the cache. What it throws is logged.
     *
     * @param listener for tests and alarms
     * @return this
     */
    public SlabCacheBuilder onReport(Consumer<MisuseReport> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Debugs the cache in these ways, and those that the system property {@code slabcache.debug} asks for; by default
     * in none. The cache is slow then, and needs more memory: see {@link Debug}.
     *
     * @param ways all of them; none switches off what was chosen before
     * @return this
     */
    public SlabCacheBuilder debug(Debug... ways) {
        List<Debug> chosen = List.of(ways);
        debug.clear();
        debug.addAll(chosen);
        return this;
    }

    /**
     * Lets allocations fail on purpose; implies {@link Debug#FAULTS}.
     *
     * @param faults which ones
     * @return this
     */
    public SlabCacheBuilder faults(AllocationFaults faults) {
        this.faults = Objects.requireNonNull(faults, "faults");
        return this;
    }

    /**
     * Guards some objects, in production: one in so many allocations gets an object between wide redzones, which are
     * looked at when it is freed, and which is used again as late as possible, so that a write after free is found, too.
     * The others pay nothing for it. By default none is guarded, unless the system property {@code slabcache.guard} says
     * so; a debugged cache looks at all objects anyway. At most 64 objects are guarded at a time, of at most 1 MiB
     * together unless a single one is larger; of a bounded cache, an eighth. Leases and handles with generations never
     * get them.
     *
     * <p>The choice is made where an allocation finds the thread's magazine empty, and counts all allocations since the
     * last time. A thread that never empties a magazine, because it allocates and frees within a few hundred objects, has
     * none of its objects guarded but perhaps the first.
     *
     * @param oneIn mean number of allocations for each guarded one; the property's default is 8,388,608
     * @return this
     */
    public SlabCacheBuilder guardedSampling(long oneIn) {
        require(oneIn >= 1, "oneIn", oneIn, "1 or more");
        this.guardRate = new SamplingRate(oneIn);
        return this;
    }

    /**
     * Where the memory of slabs comes from; {@link MemorySource#arena()} by default.
     *
     * @param source asked for one region per slab
     * @return this
     */
    public SlabCacheBuilder memory(MemorySource source) {
        this.memory = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Makes the cache. No memory is asked for before the first allocation.
     *
     * @return an open cache
     * @throws IllegalArgumentException if the arguments do not fit together
     */
    public SlabCache build() {
        long stride = SlabGeometry.stride(objectSize, alignment);
        String aligned = "at least " + stride + ", one object of " + objectSize + " bytes aligned to " + alignment;
        require(
                stride <= SlabGeometry.MAX_BYTES,
                "objectSize",
                objectSize,
                "at most 2^30 bytes once aligned to " + alignment);
        require(slabBytes == 0 || slabBytes >= stride, "slabBytes", slabBytes, aligned);
        require(maxBytes >= stride, "maxBytes", maxBytes, aligned);
        long bound = maxBytes == Long.MAX_VALUE ? maxObjects : Math.min(maxObjects, maxBytes / stride);
        return new SlabCache(CacheAssembler.assemble(new CacheSettings(
                name,
                objectSize,
                alignment,
                slabBytes,
                bound,
                magazineCapacity,
                lockless,
                kept,
                checks,
                misusePolicy,
                listener,
                Optional.ofNullable(constructor),
                debug,
                Optional.ofNullable(faults),
                Optional.ofNullable(guardRate),
                memory)));
    }

    private static void require(boolean holds, String argument, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(argument + " is " + given + "; expected " + expected);
        }
    }
}
