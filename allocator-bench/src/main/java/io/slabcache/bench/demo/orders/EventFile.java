package io.slabcache.bench.demo.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.collections.LongHashSet;

/**
 * Reads a flow from a text file with one event in each line, {@code insert,ID,buy|sell,PRICE,QUANTITY} or {@code cancel,ID}.
 * Empty lines and lines that begin with {@code #} are left out.
 */
public final class EventFile {

    private static final String EXPECTED = "expected insert,ID,buy|sell,PRICE,QUANTITY or cancel,ID, was '%s'";
    private static final int MOST_SHOWN = 60;
    private static final int FIRST = 1_024;

    private final String name;
    private final Flow.Builder flow;
    private final LongHashSet inserted = new LongHashSet();
    private final LongHashSet open = new LongHashSet();
    private int most = 1;
    private int line;

    private EventFile(Path file, int expected) {
        this.flow = new Flow.Builder(expected);
        this.name = String.valueOf(file.getFileName());
    }

    /** Returns how many events a file has, if all its lines can be read. */
    public static int check(Path file) throws IOException, MalformedEventException {
        return read(file, FIRST).size();
    }

    /** Reads a file that most likely has so many events. */
    static Flow read(Path path, int expected) throws IOException, MalformedEventException {
        EventFile file = new EventFile(path, expected);
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            String text;
            while ((text = reader.readLine()) != null) {
                file.line++;
                if (!text.isBlank() && !text.startsWith("#")) {
                    file.event(text.strip());
                }
            }
        } catch (MalformedInputException e) {
            throw file.malformed("no text in UTF-8");
        }
        Flow flow = file.flow.build(file.most);
        if (flow.size() == 0) {
            throw file.malformed("the file has no event");
        }
        return flow;
    }

    private void event(String text) throws MalformedEventException {
        String[] fields = text.split(",", -1);
        if (fields[0].equals("insert") && fields.length == 5) {
            insert(fields);
        } else if (fields[0].equals("cancel") && fields.length == 2) {
            long id = number("ID", fields[1], Long.MIN_VALUE, Long.MAX_VALUE);
            flow.cancel(id);
            open.remove(id);
        } else {
            throw malformed(EXPECTED.formatted(shown(text)));
        }
    }

    private void insert(String[] fields) throws MalformedEventException {
        long id = number("ID", fields[1], Long.MIN_VALUE, Long.MAX_VALUE);
        if (!fields[2].equals("buy") && !fields[2].equals("sell")) {
            throw malformed("expected buy or sell, was '%s'".formatted(shown(fields[2])));
        }
        int price = (int) number("PRICE", fields[3], 1, Prices.MOST);
        int quantity = (int) number("QUANTITY", fields[4], 1, Integer.MAX_VALUE);
        if (!inserted.add(id)) {
            throw malformed("order " + id + " is inserted a second time");
        }
        open.add(id);
        most = Math.max(most, open.size());
        flow.insert(id, fields[2].equals("buy"), price, quantity);
    }

    private long number(String field, String text, long least, long most) throws MalformedEventException {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same message as for a number out of range.
        }
        throw malformed(field + " was '" + shown(text) + "', expected a whole number"
                + (least == Long.MIN_VALUE ? "" : " from " + least + " to " + most));
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    private MalformedEventException malformed(String problem) {
        return new MalformedEventException(name, line, problem);
    }
}
