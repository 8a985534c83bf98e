package io.slabcache.bench.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name the user meant by an unknown one. */
final class Suggestion {

    /** A name is a likely match if at most this share of its letters is wrong. */
    private static final double TOLERANCE = 0.5;

    private Suggestion() {}

    /** Returns the first name that starts with the given text, or else the one with the fewest edits if they are few. */
    static Optional<String> nearest(String given, List<String> names) {
        String text = given.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> !text.isEmpty() && name.startsWith(text))
                .findFirst()
                .or(() -> names.stream()
                        .min(Comparator.comparingInt(name -> edits(text, beginning(name, text))))
                        .filter(name -> edits(text, beginning(name, text)) <= text.length() * TOLERANCE));
    }

    /** Returns as much of a name as there is text to compare: names are long. */
    private static String beginning(String name, String text) {
        return name.length() > text.length() + 1 && text.length() >= 4 ? name.substring(0, text.length()) : name;
    }

    /** Returns the number of letters to insert, remove or replace to turn one text into the other (Levenshtein). */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
