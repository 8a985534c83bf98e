package io.slabcache.bench.page;

import java.util.List;

/**
 * The numbers of a chart as text, for screen readers and for copying.
 *
 * @param head one heading for each column
 * @param rows the cells, as many in each row as headings; the first is the name of the row
 */
record TextTable(List<String> head, List<List<String>> rows) {

    TextTable {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
