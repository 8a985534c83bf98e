package io.slabcache.internal.debug;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of an allocation or a free: the refused entry, the damages, and the objects that go back to the slab
 * lists. All its room is allocated first, so that nothing is allocated once objects have changed their state.
 */
public final class Release {
    private final List<Damage> damages = new ArrayList<>();
    private final long[] leaving;
    private int leavings;
    private int refused = -1;

    /**
     * For a step with this many objects. For each at most one object leaves: itself, or another one from the
     * quarantine.
     */
    Release(int objects) {
        leaving = new long[objects];
    }

    void refuse(int entry) {
        refused = entry;
    }

    void leaves(SlabObject object) {
        leaving[leavings++] = object.address();
    }

    /** Whether an object was found damaged. */
    boolean isDamaged(SlabObject object) {
        boolean is = false;
        for (int i = 0; i < damages.size(); i++) {
            is |= damages.get(i).object() == object.address();
        }
        return is;
    }

    /** {@return the first entry that is not a live object, so that nothing was done; -1 if all are live} */
    public int refused() {
        return refused;
    }

    /** {@return the damages, all repaired} */
    public List<Damage> damages() {
        return damages;
    }

    /** {@return the addresses of objects that the caller has to give to the slab layer, then unused entries} */
    public long[] leaving() {
        return leaving;
    }

    /** {@return the number of these objects} */
    public int leavings() {
        return leavings;
    }
}
