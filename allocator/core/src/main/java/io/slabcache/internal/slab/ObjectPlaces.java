package io.slabcache.internal.slab;

/** Where the objects of a slab are: which addresses they start at, and the place of each in the tables of the slab. */
abstract class ObjectPlaces {
    /**
     * Unused places at both ends of each table. All threads read the length of a table, which lies before the first place:
     * an object whose entry shared its cache line would, allocated and freed over and over, slow down all the other
     * threads. 128, because lines are fetched in pairs, and the entries of some tables are bytes.
     */
    private static final int MARGIN = 128;

    /**
     * The place in the table of live bytes that says whether the slab is hidden: not 0 if it is. In the margin, beside the
     * length, which whoever asks has to read as well.
     *
     * <p>{@link #hasObjectAt} asks a field, and where nothing is popped that is not enough: a compiler reads a field once for
     * a whole loop. An element is read again after each store to any array of its type.
     */
    public static final int HIDDEN = 0;

    final long base;

    private final long inverse;
    private final int twos;
    private final int objects;

    /** {@link #objects}, or 0 while look-ups are to miss them. Written under the list's lock, read plainly. */
    private long visible;

    ObjectPlaces(long base, long inverse, int twos, int objects) {
        this.base = base;
        this.inverse = inverse;
        this.twos = twos;
        this.objects = objects;
        this.visible = objects;
    }

    /** Which object starts at an address; of any other address not below the number of objects, without a sign. */
    private long number(long address) {
        return SlabGeometry.quotient(address - base, inverse, twos);
    }

    /**
     * Whether an object of this slab starts at an address, as long as the slab is in use.
     *
     * @param address anything
     * @return false for addresses elsewhere or within an object, and for all while the slab is hidden or retired
     */
    public final boolean hasObjectAt(long address) {
        return Long.compareUnsigned(number(address), visible) < 0;
    }

    /**
     * {@return whether an object of this slab starts at an address, though the slab be hidden}
     *
     * @param address anything
     */
    public final boolean startsAt(long address) {
        return Long.compareUnsigned(number(address), objects) < 0;
    }

    /**
     * {@return where in the tables the entry of an object is}
     *
     * @param address of an object of this slab
     */
    public final int place(long address) {
        return (int) number(address) + MARGIN;
    }

    /** {@return the length of a table} */
    final int places() {
        return MARGIN + objects + MARGIN;
    }

    /** {@return the number of all objects, live, cached and free} */
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
