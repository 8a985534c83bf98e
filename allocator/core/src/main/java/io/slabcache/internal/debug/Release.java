package io.slabcache.internal.debug;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of an allocation or a free: which entry was refused, what was found, and what goes back to the slab lists. It
 * has its room from the start, so that nothing is allocated once objects have changed their state.
 */
public final class Release {
    private final List<Damage> damages = new ArrayList<>();
    private final long[] leaving;
    private int leavings;
    private int refused = -1;

    /** Of a step with so many objects: each leaves itself, or has another one leave the quarantine, or neither. */
    Release(int objects) {
        leaving = new long[objects];
    }

    void refuse(int entry) {
        refused = entry;
    }

    void leaves(SlabObject object) {
        leaving[leavings++] = object.address();
    }

    /** Whether something was found at an object. */
    boolean isDamaged(SlabObject object) {
        boolean is = false;
        for (int i = 0; i < damages.size(); i++) {
            is |= damages.get(i).object() == object.address();
        }
        return is;
    }

    /** {@return the first entry that is no live object, because of which nothing was done; -1 if all are} */
    public int refused() {
        return refused;
    }

    /** {@return what was found wrong, and repaired} */
    public List<Damage> damages() {
        return damages;
    }

    /** {@return the addresses of objects that the caller has to give to the slab layer, and then unused places} */
    public long[] leaving() {
        return leaving;
    }

    /** {@return how many leave} */
    public int leavings() {
        return leavings;
    }
}
