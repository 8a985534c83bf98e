package io.slabcache.internal.slab;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The generation of each object: a number that changes when the object is handed out under one.
 *
 * <p>One {@code int} for each object has the number of its last hand-out under a generation and, in the lowest bit, whether
 * that is current: not freed since, in whatever way. Threads that do not own the object read it, with stale handles. So it is
 * one word that says all: a look-up needs one read, no order between two of them, and no barrier. A thread that comes after
 * the free of an object, in any sense, sees that free or a later hand-out, and refuses the handle.
 *
 * <p>The byte of {@link ObjectMarks} says {@link #NUMBERED} meanwhile, for all other ways to free the object: they find it
 * out of the ordinary, and end the generation on their slow paths. So only what uses generations pays for them.
 */
abstract class ObjectGenerations extends ObjectMarks {
    /** Bits of a generation. With 48 bits of an address that is a multiple of 8, they fill a {@code long}. */
    public static final int GENERATION_BITS = 19;

    /** The largest generation, after which comes 0. */
    public static final int LAST_GENERATION = (1 << GENERATION_BITS) - 1;

    private static final VarHandle GENERATIONS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "generations", VarHandle.class, ObjectGenerations.class, int[].class);
    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    /** The bit of a word that says that the object is live under its generation. */
    private static final int CURRENT = 1;

    /**
     * No table of a slab that is gone reached a higher count, in whichever cache of this JVM: memory may pass from one to
     * another. A new table starts here. So a count is reached again in no place before the counts have gone round once.
     */
    private static final AtomicLong REACHED = new AtomicLong();

    /**
     * A word at each place of the live bytes: twice the count of hand-outs, which goes on beyond {@link #LAST_GENERATION}, and
     * {@link #CURRENT}. Null until wanted; set by compare-and-set, null again when the slab is gone.
     *
     * <p>Read plainly: an acquire costs 3 ns where objects are handed out in batches. That a thread which sees the table sees
     * what it was filled with rests on the dependency of the one on the other; see docs/memory-model.md.
     */
    private int[] generations;

    final OnDemandHeap onDemand;

    ObjectGenerations(long base, long inverse, int twos, int objects, OnDemandHeap onDemand) {
        super(base, inverse, twos, objects);
        this.onDemand = onDemand;
    }

    /**
     * Hands an object in the caller's hands out under a new generation.
     *
     * @param address of the object
     * @return the generation
     * @throws OutOfMemoryError if the heap has no room for the generations of this slab
     */
    public final int renew(long address) {
        int[] generations = generationsIfCreated();
        if (generations == null) {
            generations = createGenerations();
        }
        return renew(liveBytes(), generations, place(address));
    }

    /**
     * Hands an object in the caller's hands out under a new generation.
     *
     * @param live the live bytes of a slab
     * @param generations the words of that slab
     * @param place of the object
     * @return the generation
     */
    public static int renew(byte[] live, int[] generations, int place) {
        // In a cache without checks the last one may seem current still.
        int word = (generations[place] | CURRENT) + 2;
        generations[place] = word;
        live[place] = NUMBERED;
        return generation(word);
    }

    /**
     * Ends the generation of an object, which becomes free.
     *
     * @param live the live bytes of a slab
     * @param generations the words of that slab
     * @param place of the object
     */
    public static void end(byte[] live, int[] generations, int place) {
        generations[place] &= ~CURRENT;
        live[place] = 0;
    }

    /**
     * The generation under which an object is live.
     *
     * @param generations the words of a slab
     * @param place of the object
     * @return the generation, or -1 if the object was freed since
     */
    public static int liveGeneration(int[] generations, int place) {
        int word = generations[place];
        return (word & CURRENT) == 0 ? -1 : generation(word);
    }

    private static int generation(int word) {
        return word >>> 1 & LAST_GENERATION;
    }

    /**
     * {@link #markFree(long)} for an object that was handed out under a generation.
     *
     * @param address of an object of this slab
     * @param generation that it was given
     * @return false, and nothing changed, if it was freed or handed out again since
     */
    public final boolean markFree(long address, int generation) {
        int[] generations = this.generations;
        int place = place(address);
        if (generations == null || liveGeneration(generations, place) != generation) {
            return false;
        }
        end(liveBytes(), generations, place);
        return true;
    }

    /**
     * {@link #markFree(long)}, also for an object that was handed out under a generation.
     *
     * @param address of an object of this slab
     * @return false, and nothing changed, if it is not live, or leased
     */
    public final boolean markAnyFree(long address) {
        byte[] live = liveBytes();
        int place = place(address);
        if (live[place] != NUMBERED) {
            return markFree(address);
        }
        live[place] = WAS_NUMBERED;
        generations[place] &= ~CURRENT;
        return true;
    }

    /**
     * Undoes {@link #markAnyFree}, but that a search for leaks forgets the object.
     *
     * @param address of the object
     */
    public final void unmarkFree(long address) {
        byte[] live = liveBytes();
        int place = place(address);
        if (live[place] != WAS_NUMBERED) {
            live[place] = LIVE;
            return;
        }
        live[place] = NUMBERED;
        generations[place] |= CURRENT;
    }

    /**
     * Returns whether the handle's generation is still current. The read is opaque, so a loop that polls it ends.
     *
     * @param address of an object of this slab
     * @param generation that it was given
     * @return false if it was freed or handed out again since
     */
    public final boolean isLive(long address, int generation) {
        int[] generations = this.generations;
        if (generations == null) {
            return false;
        }
        int word = (int) INT.getOpaque(generations, place(address));
        return (word & CURRENT) != 0 && generation(word) == generation;
    }

    /**
     * The generation under which an object was handed out last.
     *
     * @param address of an object of this slab
     * @return the generation, or -1 if there never was one
     */
    public final int generation(long address) {
        int[] generations = generationsIfCreated();
        return generations == null ? -1 : generation((int) INT.getOpaque(generations, place(address)));
    }

    /** {@return the word of each object, or {@code null} if no generation was wanted yet} */
    public final int[] generationsIfCreated() {
        return generations;
    }

    /** The unused places at both ends keep the count that the table starts from. */
    private int[] createGenerations() {
        int[] created = new int[places()];
        Arrays.fill(created, (int) REACHED.get() << 1);
        onDemand.make(created.length * 4L);
        int[] other = (int[]) GENERATIONS.compareAndExchange(this, null, created);
        if (other == null) {
            return created;
        }
        onDemand.drop(created.length * 4L);
        return other;
    }

    /** Forgets the generations of a slab that is gone, but for the highest count. Allocates nothing. */
    final void endGenerations() {
        int[] ended = generationsIfCreated();
        if (ended == null) {
            return;
        }
        int start = ended[0] >>> 1;
        int most = 0;
        for (int word : ended) {
            most = Math.max(most, (word >>> 1) - start & Integer.MAX_VALUE);
        }
        long before = REACHED.get();
        long reached = before - ((int) before - start & Integer.MAX_VALUE) + most;
        while (reached > before && !REACHED.compareAndSet(before, reached)) {
            before = REACHED.get();
        }
        generations = null;
        onDemand.drop(ended.length * 4L);
    }
}
