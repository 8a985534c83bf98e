package io.slabcache.internal.slab;

/** A slab's free objects, one bit each. Guarded by the lock of the {@link SlabList}. */
final class FreeMap {
    /** The most words to check for one that is wholly free. */
    private static final int LOOKS = 32;

    private final long[] words;
    private int free;

    /** The next word to check for one that is wholly free; may be the number of words. */
    private int nextWhole;

    /** No earlier word has a set bit. */
    private int firstWord;

    /** A map with all objects free. */
    FreeMap(int objects) {
        words = new long[(objects + Long.SIZE - 1) / Long.SIZE];
        for (int object = 0; object < objects; object++) {
            words[object >> 6] |= 1L << object;
        }
        free = objects;
    }

    /** Takes the free object with the lowest number; there must be one. */
    int takeFirst() {
        while (words[firstWord] == 0) {
            firstWord++;
        }
        return takeFrom(firstWord);
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

    /** Takes the free object with the lowest number in a word; there must be one. */
    int takeFrom(int word) {
        long bits = words[word];
        words[word] = bits & (bits - 1);
        free--;
        return (word << 6) + Long.numberOfTrailingZeros(bits);
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

    boolean isFree(int object) {
        return (words[object >> 6] & 1L << object) != 0;
    }

    /** The number of free objects. */
    int free() {
        return free;
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
