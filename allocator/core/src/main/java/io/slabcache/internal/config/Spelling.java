package io.slabcache.internal.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Suggests the word that a misspelt word was meant to be. */
final class Spelling {
    /** Longer words are cut, because the time grows with the product of the two lengths. */
    private static final int LONGEST = 100;

    /** A suggestion differs in at most about this part of the longer word. */
    private static final int PART = 3;

    private Spelling() {}

    /**
     * The word that needs the fewest insertions, deletions and replacements of characters to become the given one;
     * empty if it needs too many to be a misspelling.
     */
    static Optional<String> nearest(String given, List<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(given, word)))
                .filter(word -> isNear(given, word));
    }

    private static boolean isNear(String given, String word) {
        int length = Math.max(Math.min(given.length(), LONGEST), word.length());
        return distance(given, word) <= (length + 1) / PART;
    }

    /** The Levenshtein distance, row by row. */
    static int distance(String given, String word) {
        String from = given.substring(0, Math.min(given.length(), LONGEST));
        int[] above = new int[word.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 0; i < from.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i + 1;
            for (int j = 0; j < word.length(); j++) {
                int replaced = above[j] + (from.charAt(i) == word.charAt(j) ? 0 : 1);
                row[j + 1] = Math.min(replaced, Math.min(above[j + 1], row[j]) + 1);
            }
            above = row;
        }
        return above[word.length()];
    }
}
