package io.slabcache.bench.top;

/** Lines that fit into a terminal. */
final class Text {

    private Text() {}

    /** Cuts a line to a width, with a mark at its end. */
    static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }
}
