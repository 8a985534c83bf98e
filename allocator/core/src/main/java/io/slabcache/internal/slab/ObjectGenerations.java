package io.slabcache.internal.slab;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The generation of each object: a number that changes with each hand-out under a generation.
 *
 * <p>Each object has one {@code int}: the number of its last hand-out under a generation and, in the lowest bit,
 * whether that hand-out is current, that is, not followed by any free. Threads with stale handles read it too. One word
 * holds everything, so a look-up is one read and needs no barrier. A thread that acts after the free of an object, in
 * any sense, sees that free or a later hand-out, and refuses the handle.
 *
 * <p>Meanwhile the byte of {@link ObjectMarks} is {@link #NUMBERED}. All other ways to free the object see that it is
 * not ordinary, and end the generation on their slow paths. So only callers that use generations pay for them.
 */
abstract class ObjectGenerations extends ObjectMarks {
    /** Bits of a generation. Together with an address of 48 bits whose low 3 bits are 0 they fill a {@code long}. */
    public static final int GENERATION_BITS = 19;

    /** The largest generation; 0 follows it. */
    public static final int LAST_GENERATION = (1 << GENERATION_BITS) - 1;

    private static final VarHandle GENERATIONS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "generations", VarHandle.class, ObjectGenerations.class, int[].class);
    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    /** The bit of a word that is set while the object is live under its generation. */
    private static final int CURRENT = 1;

    /**
     * The highest count in any removed slab of this JVM; another cache may get the same memory. A new table starts
     * here, so a count recurs at an address only after all counts have been used.
     */
    private static final AtomicLong REACHED = new AtomicLong();

    /**
     * For each place of the live bytes, twice the count of hand-outs, which continues beyond {@link #LAST_GENERATION},
     * plus {@link #CURRENT}. Null until needed; set by compare-and-set; null again when the slab is removed.
     *
     * <p>Read plainly, because an acquire costs 3 ns when objects are handed out in batches. A thread that sees the
     * table sees its initial contents because of the data dependency; see docs/memory-model.md.
     */
    private int[] generations;

    final OnDemandHeap onDemand;

    ObjectGenerations(long base, long inverse, int twos, int objects, OnDemandHeap onDemand) {
        super(base, inverse, twos, objects);
        this.onDemand = onDemand;
    }

    /**
     * Hands out an object, owned by the caller, under a new generation.
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
     * Hands out an object, owned by the caller, under a new generation.
     *
     * @param live the live bytes of a slab
     * @param generations the words of that slab
     * @param place of the object
     * @return the generation
     */
    public static int renew(byte[] live, int[] generations, int place) {
        // In an unchecked cache the last generation may still seem current.
        int word = (generations[place] | CURRENT) + 2;
        generations[place] = word;
        live[place] = NUMBERED;
        return generation(word);
    }

    /**
     * Ends the generation of an object that becomes free.
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
     * Returns the generation under which an object is live.
     *
     * @param generations the words of a slab
     * @param place of the object
     * @return the generation, or -1 if the object was freed
     */
    public static int liveGeneration(int[] generations, int place) {
        int word = generations[place];
        return (word & CURRENT) == 0 ? -1 : generation(word);
    }

    private static int generation(int word) {
        return word >>> 1 & LAST_GENERATION;
    }

    /**
     * Marks an object free that was handed out under a generation.
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
     * Marks an object free, whether or not it was handed out under a generation.
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
     * Undoes {@link #markAnyFree}, except that the search for leaks has dropped the object.
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
     * Returns whether a generation is still current. The read is opaque, so a loop that polls it terminates.
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
     * Returns the generation under which an object was handed out last.
     *
     * @param address of an object of this slab
     * @return the generation, or -1 if there never was one
     */
    public final int generation(long address) {
        int[] generations = generationsIfCreated();
        return generations == null ? -1 : generation((int) INT.getOpaque(generations, place(address)));
    }

    /** {@return the word of each object, or {@code null} if no generation was needed yet} */
    public final int[] generationsIfCreated() {
        return generations;
    }

    /** Fills the table. The unused places at both ends keep the count that it starts from. */
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

    /** Drops the generations of a removed slab and keeps the highest count. Allocates nothing. */
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
