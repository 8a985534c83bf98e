package io.slabcache.internal.config;

import io.slabcache.internal.util.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value of {@link Property#DEBUG}, in the kernel's syntax: blocks separated by {@code ;}. A block has letters and
 * then, after commas, names of caches. If several blocks name a cache, the first one counts; a block without names is
 * for all caches that no other block names. No letters stand for {@value #USUAL}, {@code -} for none. Letters may be
 * lower case.
 *
 * <p>Never throws: parts that it does not understand are skipped and listed as mistakes.
 */
public final class DebugProperty {
    /** The ways that the kernel uses by default. */
    public static final String USUAL = "FZPU";

    private static final String NOTHING = "-";

    private record Block(String letters, List<Glob> globs) {
        boolean names(String cache) {
            return globs.stream().anyMatch(glob -> glob.matches(cache));
        }
    }

    private final String known;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    /**
     * Reads a value of the property.
     *
     * @param text the value
     * @param known all valid letters
     */
    public DebugProperty(String text, String known) {
        this.known = known;
        for (String block : text.split(";", -1)) {
            if (!block.isBlank() || text.isBlank()) {
                add(block);
            }
        }
    }

    private void add(String block) {
        String[] parts = block.split(",", -1);
        String given = parts[0].strip();
        String unknown = unknown(given);
        if (!unknown.isEmpty()) {
            mistakes.add("no letter " + Log.quote(unknown)
                    + (parts.length == 1 ? ", is " + Log.quote(given) + " a name without the comma before it?" : ""));
        }
        List<Glob> globs = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].isBlank()) {
                mistakes.add("a comma without the name of a cache");
            } else {
                globs.add(new Glob(parts[i].strip()));
            }
        }
        // Selects no cache rather than all caches if names were meant but none is left, or if the letters may be a
        // name.
        boolean isForAll = parts.length == 1 && unknown.isEmpty();
        if (isForAll || !globs.isEmpty()) {
            blocks.add(new Block(meant(given), globs));
        }
    }

    private String meant(String given) {
        return given.isEmpty() ? USUAL : filter(given, true);
    }

    private String unknown(String given) {
        return given.equals(NOTHING) ? "" : filter(given, false);
    }

    private String filter(String given, boolean isKnown) {
        StringBuilder letters = new StringBuilder();
        given.toUpperCase(Locale.ROOT)
                .chars()
                .filter(letter -> known.indexOf(letter) >= 0 == isKnown)
                .distinct()
                .forEach(letter -> letters.append((char) letter));
        return letters.toString();
    }

    /**
     * Returns the letters for a cache.
     *
     * @param cache its name
     * @return letters, perhaps none
     */
    public String letters(String cache) {
        for (Block block : blocks) {
            if (block.names(cache)) {
                return block.letters;
            }
        }
        return blocks.stream()
                .filter(block -> block.globs.isEmpty())
                .map(Block::letters)
                .findFirst()
                .orElse("");
    }

    /** {@return the patterns of all blocks} */
    List<Glob> globs() {
        return blocks.stream().flatMap(block -> block.globs.stream()).toList();
    }

    /** {@return the mistakes in the value, in words} */
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }
}
