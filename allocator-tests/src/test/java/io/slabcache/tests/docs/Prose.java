package io.slabcache.tests.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown document without its blocks of code, which are empty lines here.
 *
 * @param path of the document from the root of the project
 * @param lines of the text
 */
record Prose(String path, List<String> lines) {
    /** A match in a line, which counts from 1. */
    record Found(int line, Matcher match) {}

    static Prose of(String path, String document) {
        List<String> lines = new ArrayList<>();
        boolean isCode = false;
        for (String line : document.lines().toList()) {
            boolean isFence = line.strip().startsWith("```");
            lines.add(isCode || isFence ? "" : line);
            isCode ^= isFence;
        }
        return new Prose(path, lines);
    }

    List<Found> find(Pattern pattern) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int line = i + 1;
            pattern.matcher(lines.get(i)).results().forEach(result -> {
                Matcher match = pattern.matcher(result.group());
                if (match.matches()) {
                    found.add(new Found(line, match));
                }
            });
        }
        return found;
    }

    /** Describes a finding. */
    String at(int line, String what) {
        return path + ", line " + line + ": " + what;
    }
}
