package io.slabcache.bench.cli;

/** Breaks long lines at spaces, for a screen of 100 columns. */
final class Lines {

    private static final int COLUMNS = 100;
    private static final String INDENT = "  ";
    private static final String HANGING = "      ";

    private Lines() {}

    /** Returns the text as a paragraph whose first line is indented less than the others. */
    static String paragraph(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(INDENT);
        String gap = "";
        for (String word : text.split(" ")) {
            if (line.length() + gap.length() + word.length() > COLUMNS) {
                lines.append(line).append(System.lineSeparator());
                line = new StringBuilder(HANGING);
                gap = "";
            }
            line.append(gap).append(word);
            gap = " ";
        }
        return lines.append(line).append(System.lineSeparator()).toString();
    }
}
