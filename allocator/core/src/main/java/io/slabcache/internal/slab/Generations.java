package io.slabcache.internal.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The generations of the objects of a {@link Slab}: numbers that change with each hand-out under a generation.
 *
 * <p>Each object has one {@code int}: the number of its last hand-out under a generation and, in the lowest bit,
 * whether that hand-out is current, that is, not followed by any free. Threads with stale handles read it too. One word
 * holds everything, so a look-up is one read and needs no barrier. A thread that acts after the free of an object, in
 * any sense, sees that free or a later hand-out, and refuses the handle.
 *
 * <p>Meanwhile the object's live byte is {@link #NUMBERED}. All other ways to free the object see that it is not
 * ordinary, and end the generation on their slow paths. So only callers that use generations pay for them.
 *
 * <p>The words of a slab are made with its first generation, and null before. The slab keeps them, and the methods here
 * are static, because an object with the words as its field would add a dependent load to each look-up.
 */
public final class Generations {
    /** Bits of a generation. Together with an address of 48 bits whose low 3 bits are 0 they fill a {@code long}. */
    public static final int GENERATION_BITS = 19;

    /** The largest generation; 0 follows it. */
    public static final int LAST_GENERATION = (1 << GENERATION_BITS) - 1;

    /** A live byte: handed out under a generation; its holder may free it. */
    static final byte NUMBERED = -1;

    /** A live byte: free, and formerly {@link #NUMBERED}, for a bulk free that has to be undone. */
    static final byte WAS_NUMBERED = -3;

    private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

    /** The bit of a word that is set while the object is live under its generation. */
    private static final int CURRENT = 1;

    /**
     * The highest count in any removed slab of this JVM; another cache may get the same memory. A new table starts
     * here, so a count recurs at an address only after all counts have been used.
     */
    private static final AtomicLong REACHED = new AtomicLong();

    private Generations() {}

    /**
     * New words, for a slab with this many places. Each holds twice the count of hand-outs, which continues beyond
     * {@link #LAST_GENERATION}, plus {@link #CURRENT}. The unused places at both ends keep the count that the table
     * starts from.
     */
    static int[] create(int places, OnDemandHeap onDemand) {
        int[] words = new int[places];
        Arrays.fill(words, (int) REACHED.get() << 1);
        onDemand.make(words.length * 4L);
        return words;
    }

    /** Hands out an object, owned by the caller, under a new generation, and returns that. */
    public static int renew(byte[] live, int[] words, int place) {
        // In an unchecked cache the last generation may still seem current.
        int word = (words[place] | CURRENT) + 2;
        words[place] = word;
        live[place] = NUMBERED;
        return generation(word);
    }

    private static int generation(int word) {
        return word >>> 1 & LAST_GENERATION;
    }

    /** The generation under which an object is live, or -1 if it was freed. */
    public static int live(int[] words, int place) {
        int word = words[place];
        return (word & CURRENT) == 0 ? -1 : generation(word);
    }

    /** Ends the generation of an object that becomes free. */
    public static void end(byte[] live, int[] words, int place) {
        words[place] &= ~CURRENT;
        live[place] = 0;
    }

    /** Marks an object free; returns false and changes nothing if it was freed or handed out again since. */
    public static boolean markFree(byte[] live, int[] words, int place, int generation) {
        if (words == null || live(words, place) != generation) {
            return false;
        }
        end(live, words, place);
        return true;
    }

    /** Marks an object free, whatever its generation; returns false and changes nothing if it has none. */
    public static boolean markFree(byte[] live, int[] words, int place) {
        if (words == null || live[place] != NUMBERED) {
            return false;
        }
        live[place] = WAS_NUMBERED;
        words[place] &= ~CURRENT;
        return true;
    }

    /** Undoes {@code markFree}; returns false and changes nothing if the object was not free in that way. */
    public static boolean unmarkFree(byte[] live, int[] words, int place) {
        if (words == null || live[place] != WAS_NUMBERED) {
            return false;
        }
        live[place] = NUMBERED;
        words[place] |= CURRENT;
        return true;
    }

    /** Whether a generation is still current. The read is opaque, so a loop that polls it terminates. */
    public static boolean isLive(int[] words, int place, int generation) {
        int word = (int) INT.getOpaque(words, place);
        return (word & CURRENT) != 0 && generation(word) == generation;
    }

    /** The generation under which an object was handed out last, or -1 if there are none. */
    public static int last(int[] words, int place) {
        return words == null ? -1 : generation((int) INT.getOpaque(words, place));
    }

    /** Ends the generations of a removed slab and keeps the highest count. Allocates nothing. */
    static void end(int[] words, OnDemandHeap onDemand) {
        if (words == null) {
            return;
        }
        int start = words[0] >>> 1;
        int most = 0;
        for (int word : words) {
            most = Math.max(most, (word >>> 1) - start & Integer.MAX_VALUE);
        }
        long before = REACHED.get();
        long reached = before - ((int) before - start & Integer.MAX_VALUE) + most;
        while (reached > before && !REACHED.compareAndSet(before, reached)) {
            before = REACHED.get();
        }
        drop(words, onDemand);
    }

    /** Counts words as dropped. */
    static void drop(int[] words, OnDemandHeap onDemand) {
        onDemand.drop(words.length * 4L);
    }
}
