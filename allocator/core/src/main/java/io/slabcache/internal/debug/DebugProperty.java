package io.slabcache.internal.debug;

import java.util.ArrayList;
import java.util.List;

/**
 * What a system property asks to be debugged, in the kernel's form: blocks separated by {@code ;}, each of letters and
 * then, after commas, the names of caches. A block without names is for all caches that no other block names; of several
 * blocks that name a cache the first counts. No letters at all stand for {@value #USUAL}, {@code -} for none.
 *
 * <p>Never throws: what it does not understand it leaves out, and complains about.
 */
public final class DebugProperty {
    /** What the kernel switches on when it is not told what. */
    public static final String USUAL = "FZPU";

    private static final String NOTHING = "-";

    private record Block(String letters, List<String> globs) {}

    private final String text;
    private final String known;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /**
     * Reads the value of the property.
     *
     * @param text the value
     * @param known the letters that there are
     */
    public DebugProperty(String text, String known) {
        this.text = text;
        this.known = known;
        for (String block : text.split(";", -1)) {
            if (!block.isBlank() || text.isBlank()) {
                add(block);
            }
        }
    }

    private void add(String block) {
        String[] parts = block.split(",", -1);
        String letters = known(parts[0].strip());
        List<String> globs = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].isBlank()) {
                complain("a comma without the name of a cache");
            } else {
                globs.add(parts[i].strip());
            }
        }
        // Names were meant, but none is left: better no cache than all of them.
        if (parts.length == 1 || !globs.isEmpty()) {
            blocks.add(new Block(letters, globs));
        }
    }

    private String known(String given) {
        if (given.isEmpty()) {
            return USUAL;
        }
        StringBuilder letters = new StringBuilder();
        for (char letter : given.equals(NOTHING) ? new char[0] : given.toCharArray()) {
            if (known.indexOf(letter) < 0) {
                complain("unknown letter '" + letter + "'");
            } else {
                letters.append(letter);
            }
        }
        return letters.toString();
    }

    private void complain(String what) {
        complaints.add(what + " in '" + text + "' is ignored; expected letters out of " + known
                + ", or -, and perhaps names of caches with * and ?, such as FZPU,packets*,orders;-,events");
    }

    /**
     * What the property asks for a cache.
     *
     * @param cache its name
     * @return letters, perhaps none
     */
    public String letters(String cache) {
        for (Block block : blocks) {
            if (block.globs.stream().anyMatch(glob -> new Glob(glob).matches(cache))) {
                return block.letters;
            }
        }
        return blocks.stream()
                .filter(block -> block.globs.isEmpty())
                .map(Block::letters)
                .findFirst()
                .orElse("");
    }

    /**
     * What was not understood.
     *
     * @return sentences
     */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }
}
