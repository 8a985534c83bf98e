package io.slabcache.internal.debug;

import java.util.ArrayList;
import java.util.List;

/** What came of an allocation or a free: which entry was refused, what was found, and what goes back to the slab lists. */
public final class Release {
    private final List<Damage> damages = new ArrayList<>();
    private final List<SlabObject> leaving = new ArrayList<>();
    private int refused = -1;

    Release() {}

    void refuse(int entry) {
        refused = entry;
    }

    void found(List<Damage> more) {
        damages.addAll(more);
    }

    void leaves(SlabObject object) {
        leaving.add(object);
    }

    /** {@return the first entry that is no live object, because of which nothing was done; -1 if all are} */
    public int refused() {
        return refused;
    }

    /** {@return what was found wrong, and repaired} */
    public List<Damage> damages() {
        return damages;
    }

    /** {@return the addresses of objects that the caller has to give to the slab layer} */
    public long[] leaving() {
        return leaving.stream().mapToLong(SlabObject::address).toArray();
    }
}
