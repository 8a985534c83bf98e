package io.slabcache.internal.slab;

/**
 * The arithmetic of one cache's slabs: the distance between objects, the objects per slab, and the object at an offset.
 *
 * <p>A slab is one region with its objects packed from the first byte, {@code stride} bytes apart, so only the region's
 * alignment wastes memory. A cache with redzones has a gap behind each object and one before the first. The first slab
 * has {@value #FIRST_SLAB_OBJECTS} objects within 64 KiB to 1 MiB; then each slab doubles the cache, up to slabs of 33
 * MiB. So most caches have one or two slabs, which keeps look-ups predictable. The slabs of a large cache just exceed
 * the size above which the C library always maps memory separately, and so returns it to the system when it is freed.
 *
 * <p>Clearing 33 MiB takes 20 to 85 ms, so a keeper makes such slabs ahead of need where it may. A thread that waits for
 * an object then makes a slab of at most 2 MiB.
 */
public final class SlabGeometry {
    /** Largest object and slab, in bytes; keeps every product of {@link #indexOf} within 62 bits. */
    public static final long MAX_BYTES = 1L << 30;

    static final int FIRST_SLAB_OBJECTS = 4096;
    static final long SMALLEST_SLAB_BYTES = 64 << 10;
    static final long LARGEST_FIRST_SLAB_BYTES = 1 << 20;
    static final long LARGEST_SLAB_BYTES = 33 << 20;
    static final long LARGEST_HURRIED_SLAB_BYTES = 2 << 20;
    static final long LEAST_TOTAL_OF_LARGE_BYTES = 24 << 20;

    /** Slabs are at least cache-line aligned, so that slabs of two caches never share a line. */
    private static final long MIN_REGION_ALIGNMENT = 64;

    final long objectSize;
    final long alignment;
    final long stride;

    /** Bytes before the first object. */
    final long leadingGap;

    // See Division.
    private final long multiplier;
    private final int shift;
    final long inverse;

    /** The number of factors of 2 in the stride. */
    final int twos;

    private final long firstObjects;
    final long largestObjects;
    final long largestHurriedObjects;
    private final long maxObjects;

    /** Slabs have a multiple of so many objects, a power of two, except one that has less: the last below the bound. */
    private final long unit;

    /** Whether slabs keep the segment of each object. */
    final boolean keepsHandles;

    /** Whether one slab has all objects. It is never given back before the close. */
    final boolean isWhole;

    /** The number of the size class whose objects these are; 0 for those of a cache of its own. */
    public final int sizeClass;

    /**
     * The geometry for objects of one size without gaps.
     *
     * @param objectSize bytes per object, 1 to {@link #MAX_BYTES}
     * @param alignment power of two
     * @param slabBytes bytes of every slab, or 0 to let slabs double
     * @param maxObjects bound on the objects of all slabs together
     */
    public SlabGeometry(long objectSize, long alignment, long slabBytes, long maxObjects) {
        this(objectSize, alignment, slabBytes, maxObjects, 0, false);
    }

    /**
     * The geometry for objects of one size, each between two gaps.
     *
     * @param objectSize bytes per object; with the gap, once aligned, at most {@link #MAX_BYTES}
     * @param alignment power of two
     * @param slabBytes bytes of every slab, or 0 to let slabs double
     * @param maxObjects bound on the objects of all slabs together
     * @param gap least distance of two objects in bytes, 0 or a power of two
     * @param isColoured whether to keep the first lines of objects apart in the processor's caches
     */
    public SlabGeometry(
            long objectSize, long alignment, long slabBytes, long maxObjects, long gap, boolean isColoured) {
        this.objectSize = objectSize;
        this.alignment = alignment;
        long packed = stride(objectSize + gap, alignment);
        this.stride = isColoured ? Colouring.stride(packed, alignment) : packed;
        this.leadingGap = gap == 0 ? 0 : Math.max(gap, alignment);
        this.shift = Division.shift(stride);
        this.multiplier = Division.multiplier(stride, shift);
        this.twos = Long.numberOfTrailingZeros(stride);
        this.inverse = Division.inverse(stride >>> twos);
        this.firstObjects = objectsIn(slabBytes == 0 ? firstSlabBytes() : slabBytes);
        this.largestObjects = slabBytes == 0 ? objectsIn(LARGEST_SLAB_BYTES) : firstObjects;
        this.largestHurriedObjects = slabBytes == 0 ? objectsIn(LARGEST_HURRIED_SLAB_BYTES) : firstObjects;
        this.maxObjects = maxObjects;
        this.unit = 1;
        this.keepsHandles = true;
        this.isWhole = false;
        this.sizeClass = 0;
    }

    private SlabGeometry(
            SlabGeometry other,
            long unit,
            boolean keepsHandles,
            boolean isWhole,
            boolean isHelped,
            long first,
            int sizeClass) {
        this.objectSize = other.objectSize;
        this.alignment = other.alignment;
        this.stride = other.stride;
        this.leadingGap = other.leadingGap;
        this.shift = other.shift;
        this.multiplier = other.multiplier;
        this.twos = other.twos;
        this.inverse = other.inverse;
        this.maxObjects = other.maxObjects;
        this.firstObjects = isWhole ? maxObjects : first;
        this.largestObjects = isWhole ? maxObjects : other.largestObjects;
        this.largestHurriedObjects = isWhole || !isHelped ? largestObjects : other.largestHurriedObjects;
        this.unit = unit;
        this.keepsHandles = keepsHandles;
        this.isWhole = isWhole;
        this.sizeClass = sizeClass;
    }

    /**
     * Returns the same geometry for slabs that keep segments, or do not.
     *
     * @param keepsHandles whether to keep them
     * @return a geometry
     */
    public SlabGeometry handles(boolean keepsHandles) {
        return new SlabGeometry(this, unit, keepsHandles, isWhole, true, firstObjects, sizeClass);
    }

    /**
     * Returns the same geometry for a size class.
     *
     * @param number of the class, above 0
     * @return a geometry
     */
    public SlabGeometry ofClass(int number) {
        return new SlabGeometry(this, unit, keepsHandles, isWhole, true, firstObjects, number);
    }

    /** {@return the same geometry with another first slab} */
    public SlabGeometry startingWith(FirstSlab first) {
        return new SlabGeometry(this, unit, keepsHandles, isWhole, true, objectsIn(first.bytes(stride)), sizeClass);
    }

    /** {@return the same geometry with one slab for all objects; this one, if that slab would exceed a GiB} */
    public SlabGeometry whole() {
        boolean fits = maxObjects <= (MAX_BYTES - leadingGap) / stride;
        return fits ? new SlabGeometry(this, unit, keepsHandles, true, true, firstObjects, sizeClass) : this;
    }

    /** The same geometry, whose slabs consist of units of so many objects, a power of two. */
    SlabGeometry inUnits(long objects) {
        return new SlabGeometry(this, objects, keepsHandles, isWhole, true, firstObjects, sizeClass);
    }

    /**
     * {@return the same geometry for a cache without a keeper, in which threads in a hurry make slabs of full size too}
     */
    public SlabGeometry withoutKeeper() {
        return new SlabGeometry(this, unit, keepsHandles, isWhole, false, firstObjects, sizeClass);
    }

    /**
     * Returns the distance between two objects that are not coloured.
     *
     * @param objectSize bytes per object
     * @param alignment power of two
     * @return {@code objectSize} rounded up to a multiple of {@code alignment}
     */
    public static long stride(long objectSize, long alignment) {
        return (objectSize + alignment - 1) & -alignment;
    }

    private long firstSlabBytes() {
        return Math.clamp(FIRST_SLAB_OBJECTS * stride, SMALLEST_SLAB_BYTES, LARGEST_FIRST_SLAB_BYTES);
    }

    private long objectsIn(long bytes) {
        return Math.max(bytes / stride, 1);
    }

    /**
     * Returns the number of objects in the next slab.
     *
     * @param totalObjects objects of all slabs so far
     * @return objects, or 0 if the bound is reached
     */
    int nextSlabObjects(long totalObjects) {
        return nextSlabObjects(totalObjects, largestObjects);
    }

    /** {@link #nextSlabObjects} for a thread that waits for an object: not so many that clearing them takes long. */
    int nextHurriedSlabObjects(long totalObjects) {
        return nextSlabObjects(totalObjects, largestHurriedObjects);
    }

    /**
     * {@link #nextSlabObjects} for a keeper: as small as in a hurry, or so large that the C library returns it, because
     * what it keeps depends on the sizes in between. Leaves half of what is below the bound to threads in a hurry.
     */
    int nextKeptSlabObjects(long totalObjects) {
        if (totalObjects * stride < LEAST_TOTAL_OF_LARGE_BYTES) {
            return nextHurriedSlabObjects(totalObjects);
        }
        long left = maxObjects - totalObjects;
        return (int) Math.min(Math.clamp(left / 2, largestHurriedObjects, largestObjects), left);
    }

    private int nextSlabObjects(long totalObjects, long most) {
        long wanted = Math.min(Math.clamp(totalObjects, firstObjects, most), maxObjects - totalObjects);
        return (int) (wanted < unit ? wanted : wanted & -unit);
    }

    /** {@return the bytes of the first region, the smallest one that a cache below its bound can grow by} */
    public long firstRegionBytes() {
        return regionBytes(nextSlabObjects(0));
    }

    long regionBytes(int objects) {
        return leadingGap + objects * stride;
    }

    /** {@return whether one slab has all objects} */
    public boolean isWhole() {
        return isWhole;
    }

    /**
     * Returns the object at an offset.
     *
     * @param offset in bytes from the first object of a slab
     * @return the number of the object in its slab
     */
    public int indexOf(long offset) {
        return (int) ((offset * multiplier) >>> shift);
    }

    /**
     * Returns the number of the object that starts at an offset.
     *
     * @param offset in bytes from the object with number 0
     * @return its number; for any other offset, unsigned, more than any number
     */
    public long numberAt(long offset) {
        return Division.quotient(offset, inverse, twos);
    }

    /** {@return the alignment of every region, a power of two} */
    public long regionAlignment() {
        return Math.max(alignment, MIN_REGION_ALIGNMENT);
    }

    /** Address bits covered by one entry of the {@link SlabIndex}: a quarter of the smallest slab. */
    int granuleShift() {
        long smallest = Math.max(firstObjects * stride, 256);
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(smallest) - 2;
    }

    /** {@return the bytes per object} */
    public long objectSize() {
        return objectSize;
    }

    /** {@return the distance between objects in bytes} */
    public long stride() {
        return stride;
    }

    /** {@return the bytes before the first object of a slab, 0 without gaps} */
    public long leadingGap() {
        return leadingGap;
    }

    /** {@return the alignment of every object, a power of two} */
    public long alignment() {
        return alignment;
    }

    /** {@return the bound on the objects of all slabs together, {@link Long#MAX_VALUE} if unbounded} */
    public long maxObjects() {
        return maxObjects;
    }
}
