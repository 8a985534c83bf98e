package io.slabcache.bench.watch;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a terminal shows after it was sent the given text: the sequences that {@code TERM=xterm} knows and JLine uses. */
final class VirtualScreen {
    private static final Pattern CONTROL = Pattern.compile(
            "\u001b\\[([?>]?)([0-9;]*)\\$?([A-Za-z@])|\u001b[=>78MDH]" + "|\u001b\\][^\u0007]*\u0007|\u001b[()].");

    private final int columns;
    private final StringBuilder[] lines;
    private int row;
    private int column;

    VirtualScreen(int columns, int rows) {
        this.columns = columns;
        this.lines = new StringBuilder[rows];
        clear();
    }

    private void clear() {
        Arrays.setAll(lines, i -> blank());
    }

    private StringBuilder blank() {
        return new StringBuilder(" ".repeat(columns));
    }

    /** Returns the lines after a text, without blanks at their ends. */
    static List<String> after(String sent, int columns, int rows) {
        VirtualScreen screen = new VirtualScreen(columns, rows);
        screen.show(sent);
        return Stream.of(screen.lines)
                .map(line -> line.toString().stripTrailing())
                .collect(Collectors.toList());
    }

    private void show(String sent) {
        Matcher control = CONTROL.matcher(sent);
        int at = 0;
        while (at < sent.length()) {
            if (sent.charAt(at) == '\u001b' && control.find(at) && control.start() == at) {
                if (control.group(3) != null && control.group(1).isEmpty()) {
                    obey(control.group(3).charAt(0), control.group(2));
                } else if (control.group().equals("\u001b[?1049h")) {
                    clear();
                }
                at = control.end();
            } else {
                put(sent.charAt(at++));
            }
        }
    }

    private void put(char character) {
        switch (character) {
            case '\r' -> column = 0;
            case '\n' -> down(1);
            case '\b' -> column = Math.max(0, column - 1);
            default -> {
                if (character >= ' ') {
                    // The cursor waits beyond the last column for the next character.
                    if (column == columns) {
                        column = 0;
                        down(1);
                    }
                    lines[row].setCharAt(column++, character);
                }
            }
        }
    }

    private void down(int count) {
        row = Math.min(lines.length - 1, row + count);
    }

    private void obey(char command, String arguments) {
        String[] numbers = arguments.split(";");
        int first = numbers[0].isEmpty() ? 0 : Integer.parseInt(numbers[0]);
        int count = Math.max(1, first);
        column = Math.min(column, columns - (command == 'm' ? 0 : 1));
        switch (command) {
            case 'H' -> {
                row = count - 1;
                column = numbers.length > 1 ? Integer.parseInt(numbers[1]) - 1 : 0;
            }
            case 'A' -> row = Math.max(0, row - count);
            case 'B' -> down(count);
            case 'C' -> column = Math.min(columns - 1, column + count);
            case 'D' -> column = Math.max(0, column - count);
            case 'G' -> column = count - 1;
            case 'd' -> row = count - 1;
            case 'J' -> clear();
            case 'K' -> fill(first == 1 ? 0 : column, first == 1 ? column + 1 : columns);
            case 'X' -> fill(column, Math.min(columns, column + count));
            case '@' -> {
                lines[row].insert(column, " ".repeat(count));
                lines[row].setLength(columns);
            }
            case 'P' -> {
                lines[row].delete(column, Math.min(columns, column + count));
                lines[row].append(" ".repeat(columns - lines[row].length()));
            }
            case 'L' -> insertLines(count);
            case 'M' -> deleteLines(count);
            default -> {}
        }
    }

    private void fill(int from, int to) {
        for (int i = from; i < to; i++) {
            lines[row].setCharAt(i, ' ');
        }
    }

    private void insertLines(int count) {
        for (int i = lines.length - 1; i >= row; i--) {
            lines[i] = i - count >= row ? lines[i - count] : blank();
        }
    }

    private void deleteLines(int count) {
        for (int i = row; i < lines.length; i++) {
            lines[i] = i + count < lines.length ? lines[i + count] : blank();
        }
    }
}
