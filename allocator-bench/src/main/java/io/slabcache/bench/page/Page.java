package io.slabcache.bench.page;

import java.util.List;

/**
 * The contents of a page.
 *
 * @param title of the page
 * @param facts the machine, the JVM and the command, one line each
 * @param figures from the top
 */
record Page(String title, List<String> facts, List<Figure> figures) {

    Page {
        facts = List.copyOf(facts);
        figures = List.copyOf(figures);
    }
}
