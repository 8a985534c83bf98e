package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import java.util.ArrayList;
import java.util.List;

/** The caches as a table, one line each, no line wider than the terminal. */
final class CacheTable {

    private final List<Column> columns;
    private final int width;

    CacheTable(int width) {
        this.columns = Column.fitting(width);
        this.width = width;
    }

    List<Column> columns() {
        return columns;
    }

    /** A star marks the column by which the lines are in order; all columns have room for it. */
    String heading(View view) {
        List<String> cells = new ArrayList<>();
        for (Column column : columns) {
            cells.add(column == view.sort() ? "*" + column.heading() : column.heading());
        }
        return row(cells);
    }

    String line(CacheSample sample) {
        return row(columns.stream().map(column -> column.text(sample)).toList());
    }

    private String row(List<String> cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.size() - 1; i++) {
            row.append(pad(cells.get(i), columns.get(i).width())).append(' ');
        }
        row.append(cells.getLast());
        return Text.cut(row.toString(), width);
    }

    private static String pad(String cell, int width) {
        return " ".repeat(Math.max(0, width - cell.length())) + cell;
    }
}
