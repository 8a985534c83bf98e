package io.slabcache.internal.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The views of a slab's objects: for each object one Java object of a kind, such as a {@code ByteBuffer}. A view belongs
 * to the owner of its object, as the handle does, and goes with the slab.
 */
public final class SlabViews {
    private static final VarHandle TABLE = MethodHandles.arrayElementVarHandle(Object[][].class);
    private static final int BYTE_BUFFER = ViewKind.BYTE_BUFFER.ordinal();
    private static final int UNSAFE_BUFFER = ViewKind.UNSAFE_BUFFER.ordinal();
    private static final VarHandle VIEW = MethodHandles.arrayElementVarHandle(Object[].class);

    /** By {@link ViewKind#ordinal}; null before the first view of a kind, and again when the slab is removed. */
    private final Object[][] tables = new Object[ViewKind.COUNT][];

    // Copies of the tables, which save a load; null where a thread does not see a table yet. Written and read plainly.
    private Object[] byteBuffers;
    private Object[] unsafeBuffers;
    private Object[] byteBufs;

    private final int places;
    private final boolean keepsHandles;
    private final OnDemandHeap onDemand;

    SlabViews(int places, boolean keepsHandles, OnDemandHeap onDemand) {
        this.places = places;
        this.keepsHandles = keepsHandles;
        this.onDemand = onDemand;
    }

    /**
     * Returns the view of an object.
     *
     * @param kind the {@link ViewKind#ordinal} of its kind
     * @param place of the object in the slab's tables
     * @return its view, or {@code null} if none was kept
     */
    public Object find(int kind, int place) {
        Object[] table = kind == BYTE_BUFFER ? byteBuffers : kind == UNSAFE_BUFFER ? unsafeBuffers : byteBufs;
        return table == null ? null : table[place];
    }

    private void copy(int kind, Object[] table) {
        if (kind == BYTE_BUFFER) {
            byteBuffers = table;
        } else if (kind == UNSAFE_BUFFER) {
            unsafeBuffers = table;
        } else {
            byteBufs = table;
        }
    }

    /**
     * Keeps a new view. If two threads do so at once, both get the same.
     *
     * @param kind of the view
     * @param place of the object in the slab's tables
     * @param made the view
     * @return the view that is kept
     */
    public Object keep(ViewKind kind, int place, Object made) {
        Object[] table = table(kind.ordinal());
        onDemand.make(kind.bytes(keepsHandles));
        Object other = VIEW.compareAndExchange(table, place, null, made);
        if (other == null) {
            return made;
        }
        onDemand.drop(kind.bytes(keepsHandles));
        return other;
    }

    /**
     * Replaces the view of an object that the caller owns. The hand-over of the object makes it known to later owners.
     *
     * @param kind of the view
     * @param place of the object in the slab's tables
     * @param view the view to keep from now on, or {@code null} for none
     */
    public void put(ViewKind kind, int place, Object view) {
        Object[] table = table(kind.ordinal());
        int more = (view == null ? 0 : 1) - (table[place] == null ? 0 : 1);
        if (more > 0) {
            onDemand.make(kind.bytes(keepsHandles));
        }
        table[place] = view;
        if (more < 0) {
            onDemand.drop(kind.bytes(keepsHandles));
        }
    }

    private Object[] table(int kind) {
        Object[] found = (Object[]) TABLE.getAcquire(tables, kind);
        if (found != null) {
            copy(kind, found);
            return found;
        }
        Object[] created = new Object[places];
        onDemand.make(created.length * 4L);
        Object[] other = (Object[]) TABLE.compareAndExchange(tables, kind, null, created);
        if (other == null) {
            copy(kind, created);
            return created;
        }
        onDemand.drop(created.length * 4L);
        return other;
    }

    /** Drops the views of a removed slab. Allocates nothing. */
    void end() {
        for (int kind = 0; kind < tables.length; kind++) {
            Object[] ended = (Object[]) TABLE.getAcquire(tables, kind);
            tables[kind] = null;
            copy(kind, null);
            if (ended != null) {
                onDemand.drop(bytes(ended, ViewKind.of(kind).bytes(keepsHandles)));
            }
        }
    }

    private static long bytes(Object[] table, int each) {
        long bytes = table.length * 4L;
        for (Object view : table) {
            bytes += view == null ? 0 : each;
        }
        return bytes;
    }
}
