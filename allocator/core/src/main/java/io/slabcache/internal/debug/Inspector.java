package io.slabcache.internal.debug;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.debug.ObjectRecords.State;
import io.slabcache.internal.slab.Slab;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Inspects one object and its surroundings, describes damages, and repairs them on request. Inspections allocate and
 * change nothing; {@link #repair} and {@link #poison} allocate nothing. Guarded by the lock of the {@link DebugLayer}.
 *
 * <p>The blame: a redzone is inspected when one of its two owners is freed, and this owner, the likely culprit, is
 * named. At an allocation, redzones next to a live object are skipped, because that object's free will inspect them.
 */
final class Inspector {
    private static final String UNCHANGED = "nothing was changed";
    private static final String GONE = "the memory went back to its source";

    private final DebugOptions options;
    private final Redzones redzones;
    private final Poison poison;
    private final UsedSizes sizes;
    private final Description description;
    private final Function<Slab, ObjectRecords> records;

    Inspector(DebugOptions options, Zones zones, UsedSizes sizes, Function<Slab, ObjectRecords> records) {
        this.options = options;
        this.redzones = new Redzones(zones);
        this.poison = new Poison(zones);
        this.sizes = sizes;
        this.description = new Description(zones);
        this.records = records;
    }

    void prepare(Slab slab) {
        if (options.redzones()) {
            redzones.prepare(slab);
        }
        if (options.poison()) {
            poison.prepare(slab);
        }
    }

    /** Finds damages of a free object that is about to be handed out. */
    void atAllocation(SlabObject object, List<Damage> found) {
        checkAccount(object, found);
        if (!found.isEmpty()) {
            return;
        }
        if (!isLive(object.slab(), object.index() - 1)) {
            checkGap(object, object.index(), found);
        }
        if (!isLive(object.slab(), object.index() + 1)) {
            checkGap(object, object.index() + 1, found);
        }
        lookAtPoison(object, "the poison was restored and the object quarantined", found);
    }

    /** Finds damages of an object that was just taken back, unless another object of the same call had them. */
    void atFree(SlabObject object, List<Damage> found) {
        checkAccount(object, found);
        checkGap(object, object.index(), found);
        lookBehindUsed(object, "the object was quarantined", found);
        checkGap(object, object.index() + 1, found);
    }

    /** Repairs the damages of an object. */
    void repair(SlabObject object, List<Damage> found) {
        for (int i = 0; i < found.size(); i++) {
            Damage damage = found.get(i);
            if (damage.object() == object.address() && damage.kind() == MisuseReport.Kind.REDZONE) {
                redzones.repair(object.slab(), damage.offset() < 0 ? object.index() : object.index() + 1);
            } else if (damage.object() == object.address() && damage.kind() == MisuseReport.Kind.USE_AFTER_FREE) {
                poison(object);
            }
        }
    }

    /** Finds damages of an object, the gap before it and, for the last object, the gap behind it. Changes nothing. */
    List<Damage> atValidation(SlabObject object) {
        List<Damage> found = new ArrayList<>();
        boolean isFree = state(object) == State.FREE;
        if (object.slab().isFree(object.index()) != isFree) {
            found.add(slabDamage(
                    object, isFree ? "free, but missing in its slab" : "not free, but free in its slab", UNCHANGED));
        }
        look(object, UNCHANGED, found);
        return found;
    }

    /** Finds bad writes to an object whose memory is about to go; ignores the account. */
    List<Damage> atEnd(SlabObject object) {
        List<Damage> found = new ArrayList<>();
        look(object, GONE, found);
        return found;
    }

    /** Inspects memory; finds each damage once if called for each object of a slab. */
    private void look(SlabObject object, String done, List<Damage> found) {
        Slab slab = object.slab();
        lookAtGap(slab, object.index(), done, found);
        if (object.index() == slab.objects() - 1) {
            lookAtGap(slab, slab.objects(), done, found);
        }
        if (state(object) != State.LIVE) {
            lookAtPoison(object, done, found);
        } else {
            lookBehindUsed(object, done, found);
        }
    }

    /** Inspects the bytes of a live object that its user did not ask for. */
    private void lookBehindUsed(SlabObject object, String done, List<Damage> found) {
        long bad = sizes.firstBad(object);
        if (bad != 0) {
            found.add(overwritten(object, bad, done));
        }
    }

    /** Poisons a free object. */
    void poison(SlabObject object) {
        poison(object.slab(), object.index());
    }

    void poison(Slab slab, int index) {
        if (options.poison()) {
            poison.fill(slab, index);
        }
    }

    /** Checks that an object that a caller owns is in no other place. */
    private void checkAccount(SlabObject object, List<Damage> found) {
        boolean isFree = state(object) == State.FREE;
        if (options.sanity() && (!isFree || object.slab().isFree(object.index()))) {
            String what = isFree ? "in two places, here and free in its slab" : "handed out twice";
            found.add(slabDamage(object, what, "the object stays where it was first"));
        }
    }

    private Damage slabDamage(SlabObject object, String headline, String done) {
        String text = description.ofSlab(headline, object, records(object), done);
        return damage(MisuseReport.Kind.SLAB, object, object.address(), text);
    }

    private void checkGap(SlabObject object, int gap, List<Damage> found) {
        long bad = firstBad(object.slab(), gap);
        // A neighbour in the same call may have been named already.
        if (bad != 0 && found.stream().noneMatch(damage -> damage.address() == bad)) {
            found.add(overwritten(object, gap, bad, "the redzone was restored and the object quarantined"));
        }
    }

    /** Inspects a gap when no object is being freed. The object to blame is a guess. */
    private void lookAtGap(Slab slab, int gap, String done, List<Damage> found) {
        long bad = firstBad(slab, gap);
        if (bad != 0) {
            found.add(overwritten(suspect(slab, gap, bad), gap, bad, done));
        }
    }

    private long firstBad(Slab slab, int gap) {
        return options.redzones() ? redzones.firstBad(slab, gap) : 0;
    }

    /** The live one of a gap's two owners; of two live ones, the nearer one. */
    private SlabObject suspect(Slab slab, int gap, long bad) {
        if (gap == 0 || gap == slab.objects()) {
            return new SlabObject(slab, Math.max(gap - 1, 0));
        }
        long middle = slab.address(gap) - redzones.length(gap) / 2;
        boolean isBefore = isLive(slab, gap - 1) == isLive(slab, gap) ? bad < middle : isLive(slab, gap - 1);
        return new SlabObject(slab, isBefore ? gap - 1 : gap);
    }

    private Damage overwritten(SlabObject object, int gap, long bad, String done) {
        return overwritten(object, bad, borders(object, gap) + done);
    }

    private Damage overwritten(SlabObject object, long bad, String done) {
        String headline = "redzone overwritten, " + (bad < object.address() ? "before the start" : "past the end");
        String text = description.ofBytes(headline, object, records(object), bad, Redzones.VALUE, done);
        return damage(MisuseReport.Kind.REDZONE, object, bad, text);
    }

    /** Names the neighbour, which may be to blame instead. */
    private String borders(SlabObject object, int gap) {
        int neighbour = gap == object.index() ? gap - 1 : gap;
        if (neighbour < 0 || neighbour >= object.slab().objects()) {
            return "";
        }
        SlabObject other = new SlabObject(object.slab(), neighbour);
        return "the redzone borders on object " + neighbour + ", too, which is "
                + (state(other) == State.LIVE ? "live" : "free") + "\n";
    }

    private void lookAtPoison(SlabObject object, String done, List<Damage> found) {
        Slab slab = object.slab();
        long bad = options.poison() ? poison.firstBad(slab, object.index()) : 0;
        if (bad != 0) {
            byte expected = poison.expected(slab, object.index(), bad);
            String text = description.ofBytes("written after free", object, records(object), bad, expected, done);
            found.add(damage(MisuseReport.Kind.USE_AFTER_FREE, object, bad, text));
        }
    }

    private Damage damage(MisuseReport.Kind kind, SlabObject object, long bad, String text) {
        return new Damage(
                kind,
                bad,
                object.address(),
                object.index(),
                object.slab().address(0),
                records(object).allocated(object.index()),
                records(object).freed(object.index()),
                text);
    }

    private boolean isLive(Slab slab, int index) {
        return index >= 0 && index < slab.objects() && records.apply(slab).state(index) == State.LIVE;
    }

    private State state(SlabObject object) {
        return records(object).state(object.index());
    }

    private ObjectRecords records(SlabObject object) {
        return records.apply(object.slab());
    }
}
