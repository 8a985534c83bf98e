package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is on the screen, and what the keys do to it. Knows nothing of terminals. */
final class TopState {

    private static final String KEYS = "Up/Down select  Left/Right sort  r reverse  / filter  Enter detail  +- q quit";
    private static final String DETAIL_KEYS = "Up/Down, Page keys scroll  Enter, Esc back  q quit";

    private static final List<Duration> INTERVALS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private static final int LINES_AROUND_THE_TABLE = 4;
    private static final int LINES_AROUND_THE_DETAIL = 1;

    private final String jvm;
    private View view = View.INITIAL;
    private Duration interval;
    private List<CacheSample> shown = List.of();
    private int caches;
    private long bytes;

    /** The number of the selected cache, which keeps the selection when the order changes. */
    private long selected = -1;

    private boolean isDetail;
    private boolean isTyping;
    private int scrolled;
    private int pageLines = 1;

    TopState(String jvm, Duration interval) {
        this.jvm = jvm;
        this.interval = interval;
    }

    Duration interval() {
        return interval;
    }

    /** Returns whether all of one cache is shown. */
    boolean isDetail() {
        return isDetail;
    }

    /** Takes the newest figures. */
    void show(List<CacheSample> samples) {
        caches = samples.size();
        bytes = samples.stream().mapToLong(each -> each.figure("reservedBytes")).sum();
        shown = view.of(samples);
        if (place() < 0 && !shown.isEmpty()) {
            // In detail, a cache that was closed stays selected: its page says so.
            selected = isDetail ? selected : shown.getFirst().id();
        }
    }

    private int place() {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).id() == selected) {
                return i;
            }
        }
        return -1;
    }

    /** Reacts to a key; returns whether to go on. */
    boolean press(Key key) {
        if (key.kind() == Key.Kind.END) {
            return false;
        }
        if (isTyping) {
            type(key);
            return true;
        }
        if (key.kind() == Key.Kind.CHARACTER && key.character() == 'q') {
            return false;
        }
        if (isDetail) {
            scroll(key);
        } else {
            choose(key);
        }
        return true;
    }

    private void type(Key key) {
        String filter = view.filter();
        switch (key.kind()) {
            case CHARACTER -> view = view.filteredBy(filter + key.character());
            case BACKSPACE -> view = view.filteredBy(filter.substring(0, Math.max(0, filter.length() - 1)));
            case ESCAPE -> {
                view = view.filteredBy("");
                isTyping = false;
            }
            case ENTER -> isTyping = false;
            default -> {}
        }
    }

    private void scroll(Key key) {
        switch (key.kind()) {
            case UP -> scrolled--;
            case DOWN -> scrolled++;
            case PAGE_UP -> scrolled -= pageLines;
            case PAGE_DOWN -> scrolled += pageLines;
            case ENTER, ESCAPE, LEFT -> isDetail = false;
            default -> {}
        }
    }

    private void choose(Key key) {
        switch (key.kind()) {
            case UP -> select(-1);
            case DOWN -> select(1);
            case PAGE_UP -> select(-pageLines);
            case PAGE_DOWN -> select(pageLines);
            case LEFT -> sortBeside(-1);
            case RIGHT -> sortBeside(1);
            case ENTER -> {
                isDetail = place() >= 0;
                scrolled = 0;
            }
            case ESCAPE -> view = view.filteredBy("");
            case CHARACTER -> letter(key.character());
            default -> {}
        }
    }

    private void letter(char letter) {
        switch (letter) {
            case 'r' -> view = view.inOppositeOrder();
            case '/' -> isTyping = true;
            case 'k' -> select(-1);
            case 'j' -> select(1);
            case '<' -> sortBeside(-1);
            case '>' -> sortBeside(1);
            case '+' -> changeInterval(1);
            case '-' -> changeInterval(-1);
            default -> {}
        }
    }

    private void select(int steps) {
        if (!shown.isEmpty()) {
            selected =
                    shown.get(Math.clamp(place() + steps, 0, shown.size() - 1)).id();
        }
    }

    private void sortBeside(int steps) {
        Column[] columns = Column.values();
        view = view.sortedBy(columns[Math.floorMod(view.sort().ordinal() + steps, columns.length)]);
    }

    private void changeInterval(int steps) {
        int nearest = 0;
        while (nearest < INTERVALS.size() - 1 && INTERVALS.get(nearest).compareTo(interval) < 0) {
            nearest++;
        }
        interval = INTERVALS.get(Math.clamp(nearest + steps, 0, INTERVALS.size() - 1));
    }

    /** Returns the lines of the screen, none wider and no more than asked for. */
    List<String> lines(int width, int height) {
        List<String> lines = isDetail ? detail(height) : table(width, height);
        return lines.stream().limit(height).map(line -> Text.cut(line, width)).toList();
    }

    private List<String> table(int width, int height) {
        CacheTable table = new CacheTable(width - 1);
        pageLines = Math.max(1, height - LINES_AROUND_THE_TABLE);
        List<String> lines = new ArrayList<>();
        lines.add("Slabcache in JVM " + jvm);
        lines.add(status());
        lines.add(" " + table.heading(view));
        int place = Math.max(0, place());
        int first = Math.max(0, place - pageLines + 1);
        for (int i = first; i < Math.min(shown.size(), first + pageLines); i++) {
            lines.add((i == place ? ">" : " ") + table.line(shown.get(i)));
        }
        return fill(lines, height, KEYS);
    }

    private String status() {
        String filter = isTyping
                ? "  filter: " + view.filter() + "_"
                : view.filter().isEmpty() ? "" : "  filter: " + view.filter();
        return String.format(
                Locale.ROOT,
                "%d of %d caches  %s  by %s%s  every %d s%s",
                shown.size(),
                caches,
                Numbers.bytes(bytes),
                view.sort().heading(),
                view.reversed() ? " reversed" : "",
                interval.toSeconds(),
                filter);
    }

    private List<String> detail(int height) {
        int place = place();
        List<String> all = place < 0
                ? List.of("Cache #" + selected + " is closed, or the filter hides it")
                : CacheDetail.of(shown.get(place));
        pageLines = Math.max(1, height - LINES_AROUND_THE_DETAIL);
        scrolled = Math.clamp(scrolled, 0, Math.max(0, all.size() - pageLines));
        return fill(
                new ArrayList<>(all.subList(scrolled, Math.min(all.size(), scrolled + pageLines))),
                height,
                DETAIL_KEYS);
    }

    private static List<String> fill(List<String> lines, int height, String last) {
        if (lines.size() < height - 1) {
            lines.addAll(Collections.nCopies(height - 1 - lines.size(), ""));
        }
        lines.add(last);
        return lines;
    }
}
