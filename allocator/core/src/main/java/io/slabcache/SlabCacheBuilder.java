package io.slabcache;

import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.cache.CacheAssembler;
import io.slabcache.internal.config.CacheSettings;
import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.slab.Colouring;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Describes {@link SlabCache}s, for one thread. Each setter throws {@link IllegalArgumentException} for a bad argument.
 *
 * <pre>{@code
 * SlabCache packets = SlabCache.builder("packets", 2048).alignment(64).maxObjects(65_536).build();
 * }</pre>
 */
public final class SlabCacheBuilder {
    static final long DEFAULT_ALIGNMENT = 8;
    private static final int LARGEST_MAGAZINE = 1 << 16;
    private static final Duration SHORTEST_TRIM = Duration.ofMillis(1);
    private static final Duration LONGEST_TRIM = Duration.ofDays(36_500);

    private final String name;
    private boolean lockless = true;
    private Checks checks = Checks.STANDARD;
    private MisusePolicy misusePolicy = MisusePolicy.THROW;
    private final long objectSize;
    private Optional<MemoryLayout> layout = Optional.empty();
    private long alignment;
    private boolean coloured = true;
    private long maxObjects = Long.MAX_VALUE;
    private long maxBytes = Long.MAX_VALUE;
    private long slabBytes;
    private int magazineCapacity = -1;
    private boolean kept = true;
    private Optional<SamplingRate> guardRate = Optional.empty();
    private Optional<Consumer<MemorySegment>> constructor = Optional.empty();

    private Consumer<MisuseReport> listener = report -> {};
    private Set<Debug> debug = EnumSet.noneOf(Debug.class);
    private Optional<AllocationFaults> faults = Optional.empty();
    private MemorySource memory = MemorySource.arena();
    private long reserved;
    private long ahead;
    private Optional<Duration> trimAfter = Optional.empty();
    private Optional<Keeper> keeper = Optional.empty();

    SlabCacheBuilder(String name, long objectSize, long alignment) {
        Objects.requireNonNull(name, "name");
        require(!name.isBlank(), "name", "'" + name + "'", "a name to know the cache by");
        require(objectSize >= 1 && objectSize <= SlabGeometry.MAX_BYTES, "objectSize", objectSize, "1 to 2^30 bytes");
        this.name = name;
        this.objectSize = objectSize;
        alignment(alignment);
    }

    SlabCacheBuilder(String name, MemoryLayout layout) {
        this(name, Objects.requireNonNull(layout, "layout").byteSize(), layout.byteAlignment());
        this.layout = Optional.of(layout);
    }

    /**
     * Sets the alignment of every object; by default 8, or the alignment of the layout. The object size is rounded up
     * to it.
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
     * Sets whether objects of 2,048, 4,096 and more such bytes are 64 bytes further apart than they are long; by default
     * they are. Otherwise their first bytes fight for a few places of the processor's cache. Does nothing if the
     * {@link #alignment} is above 64, or if a slab, a bound in bytes or the objects to {@link #reserve} would not fit.
     *
     * @param coloured false to keep objects as close as their alignment allows
     * @return this
     */
    public SlabCacheBuilder colouring(boolean coloured) {
        this.coloured = coloured;
        return this;
    }

    /**
     * Bounds the number of objects; unbounded by default. The magazines of all threads together keep at most a quarter;
     * what the depot has, any thread gets.
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
     * Makes every slab this large, rounded down to whole objects and to at least one. By default the first slab has
     * 4,096 objects within 64 KiB to 1 MiB, and later ones up to 33 MiB: see {@link #growAhead}. Making a slab takes
     * about 1 ms per MiB. The C library may keep returned slabs below 33 MiB: see troubleshooting.
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
     * Fixes the objects per magazine; each thread has two magazines, which start with 8 places and grow with use. By
     * default 256, fewer for objects above 1 KiB. The default grows up to fourfold when threads wait for the depot, or
     * allocate and free more than two magazines hold in one go. A bounded cache lowers either number so that two
     * magazines hold at most a quarter of the objects.
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
     * Sets whether threads have magazines; by default they do. Without, each call takes the lock of the slab lists.
     *
     * @param lockless false for the plain slab allocator
     * @return this
     */
    public SlabCacheBuilder lockless(boolean lockless) {
        this.lockless = lockless;
        return this;
    }

    /**
     * Sets whether each object's segment is kept (the default) or made by each call.
     *
     * @param kept true for 45 to 52 bytes of heap per object, false for about 2
     * @return this
     */
    public SlabCacheBuilder handles(boolean kept) {
        this.kept = kept;
        return this;
    }

    /**
     * Sets a constructor, which runs once on each object when its slab is made. What it writes stays across free and
     * allocate, as far as the objects' users keep it. It must not allocate more from this cache than is free. If it
     * throws, the slab is returned and the allocation throws the same exception.
     *
     * @param constructor gets the segment of each object
     * @return this
     */
    public SlabCacheBuilder constructor(Consumer<MemorySegment> constructor) {
        this.constructor = Optional.of(Objects.requireNonNull(constructor, "constructor"));
        return this;
    }

    /**
     * Sets what every free checks; {@link Checks#STANDARD} by default.
     *
     * @param checks the level
     * @return this
     */
    public SlabCacheBuilder checks(Checks checks) {
        this.checks = Objects.requireNonNull(checks, "checks");
        return this;
    }

    /**
     * Sets what happens on misuse; {@link MisusePolicy#THROW} by default.
     *
     * @param policy the policy
     * @return this
     */
    public SlabCacheBuilder onMisuse(MisusePolicy policy) {
        this.misusePolicy = Objects.requireNonNull(policy, "policy");
        return this;
    }

    /**
     * Sets a listener for every misuse, whatever the policy. It is called before the exception is thrown or logged, on
     * the thread that found the misuse; no other thread waits for it. It may call the cache. Its exceptions are logged.
     *
     * @param listener for tests and alarms
     * @return this
     */
    public SlabCacheBuilder onReport(Consumer<MisuseReport> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Debugs the cache in these ways and in those of the system property {@code slabcache.debug}; by default in none. A
     * debugged cache is slow and needs more memory: see {@link Debug}.
     *
     * @param ways replace those of an earlier call, if any
     * @return this
     */
    public SlabCacheBuilder debug(Debug... ways) {
        Set<Debug> chosen = EnumSet.noneOf(Debug.class);
        for (Debug way : ways) {
            chosen.add(Objects.requireNonNull(way, "ways"));
        }
        this.debug = chosen;
        return this;
    }

    /**
     * Makes allocations fail on purpose; implies {@link Debug#FAULTS}.
     *
     * @param faults which ones
     * @return this
     */
    public SlabCacheBuilder faults(AllocationFaults faults) {
        this.faults = Optional.of(Objects.requireNonNull(faults, "faults"));
        return this;
    }

    /**
     * Guards a sample of the objects, for production. A guarded object lies between wide redzones, which its free
     * checks, and is reused as late as possible, so that a write after free is found too. Other objects cost nothing
     * extra. By default none is guarded, unless the system property {@code slabcache.guard} is set; a debugged cache
     * checks all objects anyway. At most 64 objects are guarded at a time, together at most 1 MiB (or one larger
     * object), and at most an eighth of a bounded cache. Needs {@link Checks#STANDARD}. Leases and handles with
     * generations never use guarded objects.
     *
     * <p>A sample is taken only when an allocation finds the thread without any cached object; it then counts all
     * allocations since the last time. A thread that always has a cached object gets at most one guarded object, its
     * first.
     *
     * @param oneIn mean number of allocations for each guarded one; the property's default is 8,388,608
     * @return this
     */
    public SlabCacheBuilder guardedSampling(long oneIn) {
        require(oneIn >= 1, "oneIn", oneIn, "1 or more");
        this.guardRate = Optional.of(new SamplingRate(oneIn));
        return this;
    }

    /**
     * Sets where the memory of slabs comes from; {@link MemorySource#arena()} by default.
     *
     * @param source asked for one region per slab
     * @return this
     */
    public SlabCacheBuilder memory(MemorySource source) {
        this.memory = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Makes {@link #build} reserve so many objects, as by {@link SlabCache#reserve}. If they are all objects of a bounded
     * cache, at most 1 GiB, and {@link #slabBytes} is not set, they lie in one region: addresses are found by one
     * subtraction, and the cache has a {@link SlabCache#window window} and {@link SlabCache#indexOf indices}. The region
     * stays until the close, and {@link #guardedSampling} takes no samples there.
     *
     * @param objects 1 or more, at most the bound of the cache
     * @return this
     */
    public SlabCacheBuilder reserve(long objects) {
        require(objects >= 1, "reserve", objects, "1 or more");
        this.reserved = objects;
        return this;
    }

    /**
     * Makes a keeper hold at least so many free objects ready, so that threads need not wait for new slabs. Magazines do
     * not count. The keeper asks the memory source and runs the constructor on its own thread; a close does not wait for
     * that. If they throw, that is logged once and tried again a second later. A thread that finds no free object
     * nevertheless makes a slab of at most 2 MiB, or waits if the cache has 32 MiB of such slabs.
     *
     * <p>Without this, a keeper does the same for a cache of 8 MiB and more while it grows, with a quarter of its objects
     * and at most 33 MiB, if it has the default source, no constructor and no {@link #slabBytes}. The threads of other
     * caches make slabs of up to 33 MiB themselves, in 20 to 85 ms.
     *
     * @param objects 1 or more; what a burst takes within some milliseconds is a good number
     * @return this
     */
    public SlabCacheBuilder growAhead(long objects) {
        require(objects >= 1, "growAhead", objects, "1 or more");
        this.ahead = objects;
        return this;
    }

    /**
     * Makes a keeper give memory back that was not used for so long, slab by slab; by default only
     * {@link SlabCache#shrink} does. The free objects that {@link #growAhead} asks for stay. What a parked thread or the
     * depot has cached goes back after up to three times the duration. The keeper's thread looks every 50 ms; it closes
     * regions, and calls the {@linkplain #onReport listener} of a debugged cache.
     *
     * @param unused 1 ms or more
     * @return this
     */
    public SlabCacheBuilder trimAfter(Duration unused) {
        Objects.requireNonNull(unused, "unused");
        require(
                unused.compareTo(SHORTEST_TRIM) >= 0 && unused.compareTo(LONGEST_TRIM) <= 0,
                "trimAfter",
                unused,
                SHORTEST_TRIM + " to " + LONGEST_TRIM);
        this.trimAfter = Optional.of(unused);
        return this;
    }

    /**
     * Sets the keeper of the cache; by default one daemon thread serves all caches, while one of them needs it.
     *
     * @param keeper driven by the program
     * @return this
     */
    public SlabCacheBuilder keeper(Keeper keeper) {
        this.keeper = Optional.of(Objects.requireNonNull(keeper, "keeper"));
        return this;
    }

    /**
     * Makes the cache. It asks for no memory before the first allocation, except for {@link #reserve}.
     *
     * @return an open cache
     * @throws IllegalArgumentException if the arguments do not fit together
     * @throws OutOfMemoryError if there is no memory for the reserved objects
     */
    public SlabCache build() {
        long packed = SlabGeometry.stride(objectSize, alignment);
        String aligned = "at least " + packed + ", one object of " + objectSize + " bytes aligned to " + alignment;
        require(
                packed <= SlabGeometry.MAX_BYTES,
                "objectSize",
                objectSize,
                "at most 2^30 bytes once aligned to " + alignment);
        require(slabBytes == 0 || slabBytes >= packed, "slabBytes", slabBytes, aligned);
        require(maxBytes >= packed, "maxBytes", maxBytes, aligned);
        long stride = Colouring.stride(packed, alignment);
        boolean isColoured = coloured && isRoomFor(stride, packed);
        long bound = bound(isColoured ? stride : packed);
        require(reserved <= bound, "reserve", reserved, "at most " + bound + ", the bound of the cache");
        return new SlabCache(CacheAssembler.assemble(new CacheSettings(
                name,
                objectSize,
                alignment,
                isColoured,
                slabBytes,
                bound,
                magazineCapacity,
                lockless,
                kept,
                checks,
                misusePolicy,
                listener,
                constructor,
                debug,
                faults,
                guardRate,
                memory,
                reserved,
                ahead,
                trimAfter,
                keeper.map(own -> own.queue),
                layout)));
    }

    private long bound(long stride) {
        return maxBytes == Long.MAX_VALUE ? maxObjects : Math.min(maxObjects, maxBytes / stride);
    }

    /** Whether all that fits without colouring also fits with it. */
    private boolean isRoomFor(long stride, long packed) {
        boolean wasOneRegion = reserved <= SlabGeometry.MAX_BYTES / packed;
        return (slabBytes == 0 || slabBytes >= stride)
                && maxBytes >= stride
                && reserved <= bound(stride)
                && (!wasOneRegion || reserved <= SlabGeometry.MAX_BYTES / stride);
    }

    private static void require(boolean holds, String argument, Object given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(argument + " is " + given + "; expected " + expected);
        }
    }
}
