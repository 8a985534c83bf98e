package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line explains wrong arguments in two lines, and prints its help and its list. No benchmark is run. */
class CliTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -s netti                       | unknown subject 'netti', did you mean 'netty-adaptive'? Expected: limit,
                    --subject limit,tcache         | unknown subject 'tcache'. Expected: limit,
                    -w bach64                      | unknown workload 'bach64', did you mean 'batch64'? Expected: burst32,
                    -s arena-confined -w handover  | no chosen subject does a chosen workload: arena-confined (handover): only the thread
                    --rounds 0                     | --rounds was 0, expected a number above 0.
                    --rounds many                  | Invalid value for option '--rounds': 'many' is not an int
                    --time -5                      | --time was -5, expected a number above 0.
                    --quick --full                 | --quick, --full are mutually exclusive
                    --gc shenandoah                | unknown collector 'shenandoah', expected g1, parallel or z.
                    --qick                         | unknown argument '--qick', did you mean '--quick'?
                    everything                     | unknown argument 'everything', expected options or one of latency,
                    """)
    void saysWhatIsWrongWithTheArguments(String arguments, String message) {
        assertEquals(2, run(arguments.split(" ")));
        String[] lines = err.toString().split("\\R");
        assertTrue(lines[0].startsWith("allocator-bench: "), err.toString());
        assertTrue(lines[0].contains(message), err.toString());
        assertEquals("See --help for the options and --list for the workloads and subjects.", lines[1]);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    latency -s netti            | unknown subject 'netti', did you mean 'netty-adaptive'? Expected: slabcache,
                    latency --live 3            | --live was 3, expected 4 to
                    latency --live 2000000000   | --live was 2000000000, expected 4 to
                    latency --live much         | Invalid value for option '--live': 'much' is not an int
                    latency --rate -1           | --rate was -1, expected 0 to
                    latency --rounds 0          | --rounds was 0, expected a number above 0.
                    latency --object-size 7     | --object-size was 7, expected 8 to 1048576 bytes.
                    latency --ahead 0           | --ahead was 0, expected 1 to
                    latency --access 5          | unknown argument '--access', did you mean
                    latency everything          | unknown argument 'everything', expected options.
                    memory --access -1          | --access was -1, expected 4 to
                    memory --idle 0             | --idle was 0, expected a number above 0.
                    memory -s limit             | unknown subject 'limit'. Expected: slabcache,
                    """)
    void saysWhatIsWrongWithTheArgumentsOfALoad(String arguments, String message) {
        assertEquals(2, run(arguments.split(" ")));
        String[] lines = err.toString().split("\\R");
        assertTrue(lines[0].startsWith("allocator-bench: "), err.toString());
        assertTrue(lines[0].contains(message), err.toString());
        assertTrue(lines[1].matches("See (latency|memory) --help for the options and subjects."), lines[1]);
        assertEquals(2, lines.length);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    chart no/such.json -o x.svg | cannot read 'no/such.json', expected a result file of 'latency'
                    chart pom.xml -o no/such/x.svg | cannot write 'no/such/x.svg', expected a file in a folder
                    chart ../pom.xml -o x.svg   | '../pom.xml' is no JSON, expected a result file of 'latency'
                    chart x.json                | Missing required option: '--output=SVG'
                    """)
    void saysWhatIsWrongWithTheArgumentsOfAChart(String arguments, String message) {
        assertEquals(2, run(arguments.split(" ")));
        assertTrue(err.toString().contains(message), err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    report no/such.json              | 'no/such.json' is not a file, expected the raw results of a run.
                    report pom.xml --markdown        | 'pom.xml' has no results of this program
                    report pom.xml --into no/such.md | 'no/such.md' is not a file, expected a document
                    """)
    void saysWhatIsWrongWithTheArgumentsOfAReport(String arguments, String message) {
        assertEquals(2, run(arguments.split(" ")));
        assertTrue(err.toString().startsWith("allocator-bench: " + message), err.toString());
    }

    @ParameterizedTest
    @CsvSource({"latency, --rate=MIB", "memory, --access=MIB"})
    void helpOfALoadNamesItsOptionsAndSubjects(String load, String option) {
        assertEquals(0, run(load, "--help"));
        assertTrue(out.toString().contains(option), out.toString());
        assertTrue(out.toString().matches("(?s).*\\R  slabcache-mapped-huge +the same .*"), out.toString());
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -o no/such/folder/x.json    | cannot write 'no/such/folder/x.json', expected a file in a folder
                    -o /proc/x.json             | cannot write '/proc/x.json', expected a file in a folder
                    memory -o no/such/x.json    | cannot write 'no/such/x.json', expected a file in a folder
                    jmh nosuch                  | no benchmark matches 'nosuch', see jmh -l.
                    jmh -wi many                | Cannot parse argument 'many'
                    """)
    void saysInOneLineThatItCannotStart(String arguments, String message) {
        assertEquals(2, run(arguments.split(" ")));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("allocator-bench: " + message), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "latency",
                "memory",
                "costs",
                "chart",
                "report",
                "top",
                "info",
                "demo",
                "demo packets",
                "demo orders",
                "demo aeron"
            })
    void everyCommandHasHelpAndNamesItWhenAnArgumentIsWrong(String command) {
        assertEquals(0, run((command + " --help").split(" ")), err::toString);
        assertTrue(out.toString().startsWith("Usage: java -jar allocator-bench.jar " + command + " "), out.toString());
        assertTrue(out.toString().contains("-h, --help"), out.toString());
        assertEquals("", err.toString());
        assertEquals(2, run((command + " --nosuch").split(" ")));
        assertTrue(err.toString().contains("See " + command + " --help for the options"), err.toString());
    }

    @Test
    void helpNamesTheExitCodes() {
        run("--help");
        for (String code : List.of("0  all was", "1  a bench", "2  wrong", "3  another", "130  ended", "143  ended")) {
            assertTrue(out.toString().contains(code), out.toString());
        }
    }

    @Test
    void doesNotTouchAResultFileBeforeThereAreResults(@TempDir Path folder) {
        Path file = folder.resolve("x.json");
        assertEquals(2, run("-o", file.toString(), "-s", "arena-confined", "-w", "handover"));
        assertFalse(Files.exists(file));
    }

    @Test
    void helpNamesTheOptions() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("--workload"), out.toString());
        assertTrue(out.toString().contains("jmh"), out.toString());
        assertTrue(out.toString().contains("latency"), out.toString());
        assertTrue(out.toString().contains("memory"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void listNamesWorkloadsAndSubjectsAndWhatASubjectCannotDo() {
        assertEquals(0, run("--list"));
        String text = out.toString();
        assertTrue(text.matches("(?s).*\\R  handover +one thread .*"), text);
        assertTrue(text.matches("(?s).*\\R  netty-pooled +Netty .*"), text);
        assertTrue(
                text.contains("  arena-confined (handover, contended, oversubscribed, platform, virtual): only"), text);
        assertTrue(
                text.contains("  burst32, burst1000, replace10k, replace1m, handover, pair" + System.lineSeparator()),
                text);
    }

    private int run(String... arguments) {
        return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
