package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.demo.orders.OrderSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs {@code demo orders} in its forks, in its shortest form. */
@Timeout(180)
class OrdersCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void allBooksMakeTheSameTrades() {
        assertEquals(0, run("demo", "orders", "--events=20000", "--rounds=1", "--seed=5"), err::toString);
        String text = out.toString();
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        assertTrue(text.contains("20,000 events\nfrom the seed 5."), text);
        assertRows(text);
        Matcher trades =
                Pattern.compile("All books made the same ([\\d,]+) trades").matcher(text);
        assertTrue(trades.find(), text);
        assertTrue(Integer.parseInt(trades.group(1).replace(",", "")) > 500, trades.group());
    }

    private static void assertRows(String text) {
        for (OrderSubject subject : OrderSubject.values()) {
            Matcher row = Pattern.compile("^" + subject.id() + " +([\\d,]+) .* ([\\d.]+)$", Pattern.MULTILINE)
                    .matcher(text);
            assertTrue(row.find(), text);
            assertTrue(Integer.parseInt(row.group(1).replace(",", "")) > 0, row.group());
        }
    }

    @Test
    void aFileCanBeUsed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("three.csv"), "insert,1,buy,100,5\ninsert,2,sell,100,2\ninsert,3,sell,99,2\n");
        assertEquals(
                0, run("demo", "orders", "--file=" + file, "--rounds=1", "--subject=slabcache,java"), err::toString);
        assertTrue(out.toString().contains("3 events\nfrom the file three.csv."), out.toString());
        assertTrue(out.toString().contains("All books made the same 2 trades"), out.toString());
        assertTrue(out.toString().contains("; orders that rest at the end: 1."), out.toString());
    }

    @Test
    void aMalformedFileEndsInOneLineWithItsNumber() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), "insert,1,buy,100,5\ninsert,2,sell,0,2\n");
        assertEquals(2, run("demo", "orders", "--file=" + file));
        assertEquals(
                "allocator-bench: bad.csv, line 2: PRICE was '0', expected a whole number from 1 to 65535.",
                err.toString().lines().findFirst().orElse(""));
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --events 999       | --events was 999, expected 1000 to 100000000.
                    --events many      | Invalid value for option '--events': 'many' is not an int
                    --rounds 0         | --rounds was 0, expected 1 to 100.
                    --file no/such.csv | cannot read 'no/such.csv', expected a file of events.
                    --file             | Missing required parameter for option '--file' (CSV)
                    -s tree            | unknown subject 'tree'. Expected: slabcache, slabcache-agrona, agrona, objects, pooled-objects, java
                    --evnets 1         | unknown argument '--evnets', did you mean '--events'?
                    """)
    void saysWhatIsWrongWithTheArguments(String arguments, String message) {
        assertEquals(2, run(("demo orders " + arguments).split(" ")));
        assertEquals(
                "allocator-bench: " + message,
                err.toString().lines().findFirst().orElse(""));
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }
}
