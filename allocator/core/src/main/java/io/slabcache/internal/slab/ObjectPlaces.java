package io.slabcache.internal.slab;

/** The start addresses of a slab's objects, and the place of each object in the slab's tables. */
abstract class ObjectPlaces {
    /**
     * Unused places at both ends of each table, against false sharing. All threads read the length of a table, just
     * before its first place. If an entry shared that cache line, each allocation and free of its object would slow all
     * threads down. 128, because lines are prefetched in pairs and the entries of some tables are bytes.
     */
    private static final int MARGIN = 128;

    /**
     * The place in the table of live bytes that is not 0 while the slab is hidden. In the margin, next to the length,
     * which is read anyway.
     *
     * <p>{@link #hasObjectAt} reads a field instead. That does not suffice on paths that pop nothing, because a
     * compiler may hoist the read of a field out of a loop. It reads an array element again after each store to an
     * array of the same type.
     */
    public static final int HIDDEN = 0;

    final long base;

    private final long inverse;
    private final int twos;
    private final int objects;

    /** {@link #objects}, or 0 while look-ups must fail. Written under the list's lock, read plainly. */
    private long visible;

    ObjectPlaces(long base, long inverse, int twos, int objects) {
        this.base = base;
        this.inverse = inverse;
        this.twos = twos;
        this.objects = objects;
        this.visible = objects;
    }

    /**
     * The number of the object that starts at an address; for any other address, unsigned, at least the number of
     * objects.
     */
    private long number(long address) {
        return SlabGeometry.quotient(address - base, inverse, twos);
    }

    /**
     * Returns whether an object of this slab starts at an address, while the slab is in use.
     *
     * @param address anything
     * @return false for addresses elsewhere or within an object, and for all while the slab is hidden or retired
     */
    public final boolean hasObjectAt(long address) {
        return Long.compareUnsigned(number(address), visible) < 0;
    }

    /**
     * {@return whether an object of this slab starts at an address, even if the slab is hidden}
     *
     * @param address anything
     */
    public final boolean startsAt(long address) {
        return Long.compareUnsigned(number(address), objects) < 0;
    }

    /**
     * {@return the place of an object in the slab's tables}
     *
     * @param address of an object of this slab
     */
    public final int place(long address) {
        return (int) number(address) + MARGIN;
    }

    /** {@return the length of each table} */
    final int places() {
        return MARGIN + objects + MARGIN;
    }

    /** {@return the number of all objects: live, cached and free} */
    public final int objects() {
        return objects;
    }

    final void setVisible(boolean visible) {
        this.visible = visible ? objects : 0;
    }

    final boolean isVisible() {
        return visible != 0;
    }
}
