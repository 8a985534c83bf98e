package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.debug.ObjectRecords.State;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.CountedLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The state and last owner of each object of a cache. Guarded by the lock of the {@link DebugLayer}. */
final class Account {
    private final CountedLock lock;
    private final boolean tracked;

    /** Entries go with their slabs, because the values do not refer to these. */
    private final Map<Slab, ObjectRecords> records = new WeakHashMap<>();

    /** Heap of the records of slabs in use. */
    private long heapBytes;

    Account(CountedLock lock, boolean tracked) {
        this.lock = lock;
        this.tracked = tracked;
    }

    /**
     * The records of a slab. Allocates nothing for a known slab, so that a step can be undone when the heap is full.
     */
    ObjectRecords records(Slab slab) {
        assert lock.isHeld();
        ObjectRecords known = records.get(slab);
        if (known == null) {
            known = new ObjectRecords(slab.objects(), tracked);
            records.put(slab, known);
            known.isCounted = !slab.isRetired();
            heapBytes += known.isCounted ? known.heapBytes() : 0;
        }
        return known;
    }

    State state(SlabObject object) {
        return records(object.slab()).state(object.index());
    }

    void become(SlabObject object, State state) {
        records(object.slab()).become(object.index(), state);
    }

    /**
     * Takes live objects from their owners, all or none. Returns the first that is not live, or is leased; or -1.
     *
     * @param by the thread that frees them
     * @param before gets the earlier free of each object
     */
    int claim(List<SlabObject> objects, @Nullable ObjectTrack by, @Nullable ObjectTrack[] before) {
        for (int i = 0; i < objects.size(); i++) {
            // Before the first claim, because the heap may have no room for the records of a slab.
            records(objects.get(i).slab());
        }
        for (int i = 0; i < objects.size(); i++) {
            SlabObject object = objects.get(i);
            ObjectRecords known = records(object.slab());
            if (known.state(object.index()) != State.LIVE || object.isLeased()) {
                unclaim(objects, i, before);
                return i;
            }
            known.become(object.index(), State.FREE);
            before[i] = known.freed(object.index());
            known.freedBy(object.index(), by);
        }
        return -1;
    }

    /** Undoes the claim of the first objects. Allocates nothing. */
    void unclaim(List<SlabObject> objects, int count, @Nullable ObjectTrack[] before) {
        for (int i = 0; i < count; i++) {
            SlabObject object = objects.get(i);
            records(object.slab()).freedBy(object.index(), before[i]);
            become(object, State.LIVE);
        }
    }

    /** The live objects of some slabs with their allocations, or the free ones with their frees. */
    List<Sample> samples(List<Slab> slabs, boolean live, long most) {
        List<Sample> samples = new ArrayList<>();
        for (Slab slab : slabs) {
            ObjectRecords known = records(slab);
            for (int index = 0; index < slab.objects() && samples.size() < most; index++) {
                if ((known.state(index) == State.LIVE) == live) {
                    samples.add(new Sample(slab.address(index), known.track(index, live)));
                }
            }
        }
        return samples;
    }

    /** Notes that a slab left use. Its records stay for concurrent calls. */
    void leave(Slab slab) {
        ObjectRecords known = records.get(slab);
        if (known != null && known.isCounted) {
            known.isCounted = false;
            heapBytes -= known.heapBytes();
        }
    }

    /** An estimate, kept as a sum. */
    long heapBytes() {
        return heapBytes;
    }
}
