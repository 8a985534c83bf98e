package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.demo.packets.PacketSubject;
import io.slabcache.bench.demo.packets.PcapBytes;
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

/** Runs {@code demo packets} in its forks, in its shortest form. */
@Timeout(180)
class PacketsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void theTableHasAllPools() {
        assertEquals(0, run("demo", "packets", "--seconds=0.1", "--rounds=1", "--seed=9"), err::toString);
        String text = out.toString();
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        assertTrue(text.contains("64 bytes (58 %), 576 (33 %) and 1,408 (9 %), seed 9."), text);
        for (PacketSubject subject : PacketSubject.values()) {
            Matcher row = Pattern.compile(
                            "^" + subject.id()
                                    + " +([\\d,]+) +([\\d.]+) +\\S+ +[\\d.]+ [num]s +([\\d.]+) .* (\\d+) +(\\d+)$",
                            Pattern.MULTILINE)
                    .matcher(text);
            assertTrue(row.find(), text);
            assertTrue(Integer.parseInt(row.group(1).replace(",", "")) > 1_000, row.group());
            if (subject == PacketSubject.SLABCACHE) {
                assertEquals("1.00", row.group(2));
            }
            if (subject == PacketSubject.ALLOCATE) {
                assertTrue(Double.parseDouble(row.group(3)) > 100, () -> "a buffer and its cleaner: " + row.group());
            }
        }
        assertTrue(text.contains("With slabcache a packet takes"), text);
        assertTrue(text.contains("than slabcache in every round:") || text.contains("Not told apart"), text);
    }

    @Test
    void theDatagramsOfACaptureCanBeUsed() throws IOException {
        Path file = PcapBytes.ofEthernet()
                .datagram(new byte[300])
                .datagram(new byte[20])
                .write(folder.resolve("two.pcap"));
        assertEquals(
                0,
                run("demo", "packets", "--pcap=" + file, "--seconds=0.05", "--rounds=1", "-s=slabcache"),
                err::toString);
        String text = out.toString();
        assertTrue(text.contains("\n2 payloads of two.pcap, 20 to 300 bytes, again and again.\n"), text);
        assertFalse(text.contains("seed"), text);
        assertFalse(text.contains("netty"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("slabcache +[\\d,]+ +1\\.00 .*")), text);
    }

    @Test
    void aFileThatIsNoCaptureEndsInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("x.pcap"), "no capture");
        assertEquals(2, run("demo", "packets", "--pcap=" + file));
        assertEquals(
                "allocator-bench: x.pcap: no capture of packets, expected the format pcap, as 'tcpdump -w' writes it.",
                err.toString().lines().findFirst().orElse(""));
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --seconds 0      | --seconds was 0.0, expected 0.05 to 600.
                    --seconds NaN    | --seconds was NaN, expected 0.05 to 600.
                    --seconds long   | Invalid value for option '--seconds': 'long' is not a double
                    --rounds 0       | --rounds was 0, expected 1 to 100.
                    --pcap no/x.pcap | cannot read 'no/x.pcap', expected a file of captured packets.
                    --pcap           | Missing required parameter for option '--pcap' (FILE)
                    -s netty-pool    | unknown subject 'netty-pool', did you mean 'netty-pooled'? Expected: slabcache, queue, netty-adaptive, netty-pooled, allocate-direct
                    --seed x         | Invalid value for option '--seed': 'x' is not a long
                    --secnods 1      | unknown argument '--secnods', did you mean '--seconds'?
                    """)
    void saysWhatIsWrongWithTheArguments(String arguments, String message) {
        assertEquals(2, run(("demo packets " + arguments).split(" ")));
        assertEquals(
                "allocator-bench: " + message,
                err.toString().lines().findFirst().orElse(""));
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void helpNamesTheOptions() {
        assertEquals(0, run("demo", "packets", "--help"));
        assertTrue(out.toString().contains("--seconds"), out.toString());
    }
}
