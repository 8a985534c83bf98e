package io.slabcache.internal.slab;

/**
 * A slab's free objects, one bit each. Guarded by the lock of the {@link SlabList}.
 *
 * <p>Knows no live bytes: an object that is not free here is live or in some magazine.
 */
final class FreeMap {
    /** The most words to check for one that is wholly free. */
    private static final int LOOKS = 32;

    private final long base;
    private final long stride;
    private final int objects;
    private final long[] words;
    private int free;

    /** The next word to check for one that is wholly free; may be the number of words. */
    private int nextWhole;

    /** No earlier word has a set bit. */
    private int firstWord;

    /**
     * All objects are free.
     *
     * @param base address of the first object
     * @param stride distance between two objects
     * @param objects their number
     */
    FreeMap(long base, long stride, int objects) {
        this.base = base;
        this.stride = stride;
        this.objects = objects;
        words = new long[(objects + Long.SIZE - 1) / Long.SIZE];
        for (int object = 0; object < objects; object++) {
            words[object >> 6] |= 1L << object;
        }
        free = objects;
    }

    /** Takes the free object with the lowest address; there must be one. */
    long takeFirst() {
        while (words[firstWord] == 0) {
            firstWord++;
        }
        return takeFrom(firstWord);
    }

    /** Takes free objects, last first, so that a stack of them hands out ascending addresses; returns their number. */
    int take(long[] addresses, int offset, int count) {
        int taken = Math.min(count, free);
        int word = taken > 1 && taken < Long.SIZE ? wholeWord() : -1;
        for (int place = offset + taken; place > offset; ) {
            addresses[--place] = word >= 0 ? takeFrom(word) : takeFirst();
        }
        return taken;
    }

    /**
     * A word to {@linkplain #takeFrom take} a few objects from: one of the next words, if all of its objects are free;
     * else -1. Against false sharing: the live bytes of 64 neighbours share a cache line, so two owners with some of
     * them each would both write to it.
     */
    int wholeWord() {
        for (int looks = Math.min(LOOKS, words.length); looks > 0; looks--) {
            int word = nextWhole < words.length ? nextWhole : 0;
            nextWhole = word + 1;
            if (words[word] == -1L) {
                return word;
            }
        }
        return -1;
    }

    /** Takes the free object with the lowest address in a word; there must be one. */
    long takeFrom(int word) {
        long bits = words[word];
        words[word] = bits & (bits - 1);
        free--;
        return base + ((word << 6) + Long.numberOfTrailingZeros(bits)) * stride;
    }

    /** Puts an object back; false, and nothing changed, if it is free already. */
    boolean put(int object) {
        if (isFree(object)) {
            return false;
        }
        int word = object >> 6;
        words[word] |= 1L << object;
        free++;
        firstWord = Math.min(firstWord, word);
        return true;
    }

    /** Whether an object is free here; may lag without the lock. */
    boolean isFree(int object) {
        return (words[object >> 6] & 1L << object) != 0;
    }

    /** The number of free objects. */
    int free() {
        return free;
    }

    /** Whether all objects of the slab are free. */
    boolean isEmpty() {
        return free == objects;
    }

    void validate() {
        int counted = 0;
        for (int word = 0; word < words.length; word++) {
            int bits = Long.bitCount(words[word]);
            Invariant.check(bits == 0 || word >= firstWord, "free object before the first word", word);
            counted += bits;
        }
        Invariant.check(counted == free, "slab counts " + free + " free objects, its map", counted);
    }

    long heapBytes() {
        return words.length * 8L;
    }
}
