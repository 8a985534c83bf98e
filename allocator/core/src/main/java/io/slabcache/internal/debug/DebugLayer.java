package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.debug.ObjectRecords.State;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.util.CountedLock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for every object of a debugged cache. Each allocation and free passes through it, between the slab layer and
 * the caller, under one lock. So of two threads that free one object exactly one succeeds.
 */
public final class DebugLayer {
    private final DebugOptions options;
    private final Inspector inspector;
    private final Tracker tracker;
    private final UsedSizes sizes;
    private final CountedLock lock = new CountedLock();

    // Everything below is guarded by lock.
    private final Account account;
    private final Quarantine quarantine;
    private long frees;

    /**
     * Makes a layer for one cache.
     *
     * @param geometry of its slabs, with the gap that the options need
     * @param options what to check
     * @param clock for tracks
     */
    public DebugLayer(SlabGeometry geometry, DebugOptions options, InstantSource clock) {
        this.options = options;
        this.account = new Account(lock, options.tracking());
        this.sizes = new UsedSizes(lock, options.redzones(), geometry, account::records);
        this.inspector = new Inspector(options, new Zones(geometry), sizes, account::records);
        this.tracker = new Tracker(clock);
        this.quarantine = new Quarantine(geometry.stride());
    }

    /** Fills the redzones and objects of a slab that no other thread knows yet. */
    public void prepare(Slab slab) {
        inspector.prepare(slab);
    }

    /** {@return the bytes that users asked for} */
    public UsedSizes sizes() {
        return sizes;
    }

    /** {@return a track of the calling thread, or {@code null} if the cache is not tracked} */
    public @Nullable ObjectTrack track() {
        return options.tracking() ? tracker.track() : null;
    }

    /**
     * Makes a free object live. An object that is damaged is repaired and quarantined instead.
     *
     * @param object from the slab layer or the quarantine
     * @param by the thread that gets it
     * @return without damages if the object is live now
     */
    public Release handOut(SlabObject object, @Nullable ObjectTrack by) {
        lock.lock();
        try {
            Release release = new Release(1);
            inspector.atAllocation(object, release.damages());
            ObjectRecords known = account.records(object.slab());
            // Everything that can fail is done. Nothing is allocated from here on.
            inspector.repair(object, release.damages());
            if (release.damages().isEmpty()) {
                known.become(object.index(), State.LIVE);
                known.allocatedBy(object.index(), by);
            } else if (known.state(object.index()) == State.FREE) {
                quarantine(object, release);
            }
            return release;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes live objects back, all or none.
     *
     * @param objects that are being freed
     * @param by the thread that frees them
     * @return the entry that is not live; or else the damages, and the objects that leave the quarantine
     */
    public Release takeBack(List<SlabObject> objects, @Nullable ObjectTrack by) {
        lock.lock();
        try {
            Release release = new Release(objects.size());
            @Nullable ObjectTrack[] freedBefore = new ObjectTrack[objects.size()];
            release.refuse(account.claim(objects, by, freedBefore));
            if (release.refused() >= 0) {
                return release;
            }
            inspect(objects, freedBefore, release);
            frees += objects.size();
            for (int i = 0; i < objects.size(); i++) {
                settle(objects.get(i), release);
            }
            return release;
        } finally {
            lock.unlock();
        }
    }

    /** Inspects objects that were just claimed. If that fails, they are live as before. */
    private void inspect(List<SlabObject> objects, @Nullable ObjectTrack[] freedBefore, Release release) {
        boolean done = false;
        try {
            for (int i = 0; i < objects.size(); i++) {
                inspector.atFree(objects.get(i), release.damages());
            }
            done = true;
        } finally {
            if (!done) {
                account.unclaim(objects, objects.size(), freedBefore);
            }
        }
    }

    private void settle(SlabObject object, Release release) {
        // Makes a handle with a generation stale, although the object was freed by other means.
        object.endGeneration();
        inspector.repair(object, release.damages());
        inspector.poison(object);
        if (options.quarantine() || release.isDamaged(object)) {
            quarantine(object, release);
        } else {
            release.leaves(object);
        }
    }

    private void quarantine(SlabObject object, Release release) {
        account.become(object, State.QUARANTINED);
        SlabObject leaving = quarantine.put(object);
        if (leaving != null) {
            account.become(leaving, State.FREE);
            release.leaves(leaving);
        }
    }

    /**
     * Undoes an allocation that its caller never saw. Allocates nothing.
     *
     * @param slab of the object
     * @param index of the object
     */
    public void undo(Slab slab, int index) {
        lock.lock();
        try {
            account.records(slab).become(index, State.FREE);
            inspector.poison(slab, index);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the oldest object out of the quarantine.
     *
     * @return the object, now owned by the caller, or {@code null} if there is none
     */
    public @Nullable SlabObject takeQuarantined() {
        lock.lock();
        try {
            SlabObject oldest = quarantine.takeOldest();
            if (oldest != null) {
                account.become(oldest, State.FREE);
            }
            return oldest;
        } finally {
            lock.unlock();
        }
    }

    /** Drops the quarantine, once the cache is closed. */
    public void close() {
        lock.lock();
        try {
            quarantine.close();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns an object's last allocation or free.
     *
     * @param object any
     * @param live true for the allocation, false for the free
     * @return the track, or {@code null} if there is none
     */
    public @Nullable ObjectTrack track(SlabObject object, boolean live) {
        lock.lock();
        try {
            return account.records(object.slab()).track(object.index(), live);
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether an object is live} */
    public boolean isLive(SlabObject object) {
        lock.lock();
        try {
            return account.state(object) == State.LIVE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Inspects every object and every redzone.
     *
     * @param slabs all of them
     * @return counts and damages
     */
    public Survey survey(List<Slab> slabs) {
        lock.lock();
        try {
            List<Damage> damages = new ArrayList<>();
            long live = 0;
            for (Slab slab : slabs) {
                for (int index = 0; index < slab.objects(); index++) {
                    SlabObject object = new SlabObject(slab, index);
                    live += account.state(object) == State.LIVE ? 1 : 0;
                    damages.addAll(inspector.atValidation(object));
                }
            }
            return new Survey(live, quarantine.size(), damages);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks for bad writes in slabs that leave use. Ignores their account, because a forced close interrupts calls.
     *
     * @param slabs whose memory still exists
     * @return the damages; nothing is changed
     */
    public List<Damage> lastLook(List<Slab> slabs) {
        List<Damage> damages = new ArrayList<>();
        for (Slab slab : slabs) {
            lock.lock();
            try {
                account.leave(slab);
                for (int index = 0; options.leavesPatterns() && index < slab.objects(); index++) {
                    damages.addAll(inspector.atEnd(new SlabObject(slab, index)));
                }
            } finally {
                lock.unlock();
            }
        }
        return damages;
    }

    /**
     * Returns the live objects with their allocations, or the free ones with their frees.
     *
     * @param slabs all of them
     * @param live true for live objects, false for free ones
     * @param most largest number of samples
     * @return addresses, with tracks as far as they are known
     */
    public List<Sample> samples(List<Slab> slabs, boolean live, long most) {
        lock.lock();
        try {
            return account.samples(slabs, live, most);
        } finally {
            lock.unlock();
        }
    }

    /** {@return the time of the clock that tracks use} */
    public Instant now() {
        return tracker.now();
    }

    /** {@return the current counts} */
    public DebugCounts counts() {
        lock.lock();
        try {
            return new DebugCounts(frees, quarantine.size(), lock.contended(), account.heapBytes());
        } finally {
            lock.unlock();
        }
    }
}
