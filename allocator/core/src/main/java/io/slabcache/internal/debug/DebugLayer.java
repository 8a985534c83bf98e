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

/**
 * The account of every object of a debugged cache. Each allocation and each free passes through it, between the slab
 * layer and the caller, under one lock: of two threads that free one object exactly one succeeds.
 */
public final class DebugLayer {
    private final DebugOptions options;
    private final Inspector inspector;
    private final Tracker tracker;
    private final CountedLock lock = new CountedLock();

    // All below is guarded by lock.
    private final Account account;
    private final Quarantine quarantine;
    private long frees;

    /**
     * A layer for one cache.
     *
     * @param geometry of its slabs, with the gap that the options ask for
     * @param options what to keep an eye on
     * @param clock for tracks
     */
    public DebugLayer(SlabGeometry geometry, DebugOptions options, InstantSource clock) {
        this.options = options;
        this.account = new Account(lock, options.tracking());
        this.inspector = new Inspector(options, new Zones(geometry), account::records);
        this.tracker = new Tracker(clock);
        this.quarantine = new Quarantine(geometry.stride());
    }

    /**
     * Fills the redzones and objects of a slab that no other thread knows yet.
     *
     * @param slab the new slab
     */
    public void prepare(Slab slab) {
        inspector.prepare(slab);
    }

    /** {@return a track of the calling thread, or {@code null} if the cache is not tracked} */
    public ObjectTrack track() {
        return options.tracking() ? tracker.track() : null;
    }

    /**
     * Makes a free object live, unless something is wrong with it: then it is repaired and quarantined.
     *
     * @param object that the slab layer or the quarantine gave
     * @param by who gets it
     * @return without damages if the object is live now
     */
    public Release handOut(SlabObject object, ObjectTrack by) {
        lock.lock();
        try {
            Release release = new Release(1);
            inspector.atAllocation(object, release.damages());
            ObjectRecords known = account.records(object.slab());
            // All that can fail is done: from here on nothing is allocated.
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
     * @param by who frees them
     * @return which one is not live, or what was found and who leaves the quarantine
     */
    public Release takeBack(List<SlabObject> objects, ObjectTrack by) {
        lock.lock();
        try {
            Release release = new Release(objects.size());
            ObjectTrack[] freedBefore = new ObjectTrack[objects.size()];
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

    /** Looks at objects that were just claimed; if that fails, they are live as before. */
    private void inspect(List<SlabObject> objects, ObjectTrack[] freedBefore, Release release) {
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
        // Whoever has a handle with its generation learns that it is stale, though it was freed by other means.
        object.slab().markAnyFree(object.address());
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
     * Undoes that an object was handed out, to a caller that never saw it. Allocates nothing.
     *
     * @param slab of the object
     * @param index of the object
     */
    public void undo(Slab slab, int index) {
        lock.lock();
        try {
            account.records(slab).become(index, State.FREE);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the oldest object out of the quarantine.
     *
     * @return the object, in the caller's hands, or {@code null} if there is none
     */
    public SlabObject takeQuarantined() {
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

    /** Forgets the quarantine, once the cache is closed. */
    public void close() {
        lock.lock();
        try {
            quarantine.close();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Who allocated and who freed an object last.
     *
     * @param object any
     * @param live whether its allocation is wanted, and not its free
     * @return the track, or {@code null} if there is none
     */
    public ObjectTrack track(SlabObject object, boolean live) {
        lock.lock();
        try {
            return account.records(object.slab()).track(object.index(), live);
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return whether an object is handed out}
     *
     * @param object any
     */
    public boolean isLive(SlabObject object) {
        lock.lock();
        try {
            return account.state(object) == State.LIVE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks at every object and every redzone.
     *
     * @param slabs all of them
     * @return what there is, and what is wrong
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
     * Looks for bad writes in slabs that leave. Their account is not looked at, for a close by force interrupts steps.
     *
     * @param slabs of which the memory is there still
     * @return what is wrong; nothing was changed
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
     * The live objects and who allocated them, or the free ones and who freed them.
     *
     * @param slabs all of them
     * @param live whether live objects are wanted, and not free ones
     * @param most how many at most
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

    /** {@return the time by the clock of the tracks} */
    public Instant now() {
        return tracker.now();
    }

    /** {@return the counts of this moment} */
    public DebugCounts counts() {
        lock.lock();
        try {
            return new DebugCounts(frees, quarantine.size(), lock.contended(), account.heapBytes());
        } finally {
            lock.unlock();
        }
    }
}
