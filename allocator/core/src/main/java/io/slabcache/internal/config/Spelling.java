package io.slabcache.internal.config;

import java.util.Comparator;
import java.util.List;

/** Finds what a misspelt word was meant to be. */
final class Spelling {
    /** Longer words are cut, for the time taken is the product of two lengths. */
    private static final int LONGEST = 100;

    private Spelling() {}

    /** The word that is changed into the given one by the fewest insertions, deletions and replacements of characters. */
    static String nearest(String given, List<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(word -> distance(given, word)))
                .orElseThrow();
    }

    /** Levenshtein's distance, row by row. */
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
