package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.bench.watch.ClosedCache;
import io.slabcache.bench.watch.Idle;
import io.slabcache.bench.watch.ThreeCaches;
import io.slabcache.bench.watch.Watched;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code top} and {@code info} show the caches of JVMs that were started without an option, and explain what fails. */
@Timeout(120)
class WatchTest {

    private static Watched watched;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startProgram() throws IOException {
        watched = Watched.start(ThreeCaches.class);
    }

    @AfterAll
    static void endProgram() {
        watched.close();
    }

    private int run(String... arguments) {
        return Cli.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private void assertRefused(String message, String... arguments) {
        assertEquals(1, run(arguments), err::toString);
        assertTrue(err.toString().startsWith("allocator-bench: "), err::toString);
        assertTrue(err.toString().contains(message), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void withoutAPidTheJvmsThatUseTheLibraryAreListed() throws IOException {
        try (Watched idle = Watched.start(Idle.class)) {
            assertEquals(0, run("top"), err::toString);
            List<String> lines = out.toString().lines().toList();
            assertTrue(lines.getFirst().matches(" +PID  PROGRAM"), lines::toString);
            assertTrue(
                    lines.stream()
                            .anyMatch(
                                    line -> line.strip().startsWith(watched.id() + "  " + ThreeCaches.class.getName())),
                    lines::toString);
            assertTrue(lines.stream().noneMatch(line -> line.strip().startsWith(idle.id() + " ")), lines::toString);
        }
    }

    @Test
    void theListIsForScriptsToo() throws IOException {
        assertEquals(0, run("info", "--json"), err::toString);
        JsonNode jvms = new ObjectMapper().readTree(out.toString()).get("jvms");
        assertTrue(jvms.findValuesAsText("pid").contains(watched.id()), jvms::toString);
    }

    @Test
    void scriptsGetAllFiguresOnce() throws IOException {
        assertEquals(0, run("top", watched.id(), "--once", "--json"), err::toString);
        JsonNode jvm = new ObjectMapper().readTree(out.toString());
        assertEquals(watched.pid(), jvm.get("pid").longValue());
        JsonNode caches = jvm.get("caches");
        assertEquals(List.of("orders", ThreeCaches.ODD_NAME, "frames"), caches.findValuesAsText("name"));
        JsonNode orders = caches.get(0);
        assertEquals(64, orders.get("objectSize").longValue());
        assertEquals(ThreeCaches.ORDERS, orders.get("liveObjects").longValue());
        assertTrue(orders.get("maxObjects").isNull());
        assertEquals(10_000, caches.get(1).get("maxObjects").longValue());
        assertTrue(caches.get(1).get("allocationsPerSecond").doubleValue() > 1_000, caches::toString);
        assertEquals(List.of("busy-thread"), caches.get(1).get("threads").findValuesAsText("thread"));
        assertEquals(ThreeCaches.FRAMES, caches.get(2).get("liveObjects").longValue());
        assertEquals(
                ThreeCaches.FRAMES,
                caches.get(2).get("live").get(0).get("objects").longValue());
    }

    @Test
    void aTableFitsEightyColumns() {
        assertEquals(0, run("top", watched.id(), "--once"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size(), lines::toString);
        lines.forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(lines.getFirst().contains("*MEMORY"), lines::toString);
        for (String name : List.of(" orders", " odd \"name\", ", " frames")) {
            assertEquals(1, lines.stream().filter(line -> line.contains(name)).count(), lines::toString);
        }
    }

    @Test
    void infoPrintsLatenciesThreadsAndTraces() {
        assertEquals(0, run("info", watched.id()), err::toString);
        String text = out.toString();
        assertTrue(text.contains("Cache '" + ThreeCaches.ODD_NAME + "' (#2)"), text);
        assertTrue(text.matches("(?s).*liveObjects +" + ThreeCaches.ORDERS + "\\R.*"), text);
        assertTrue(text.matches("(?s).*growthStall +1 .*"), text);
        assertTrue(text.contains(" busy-thread (#"), text);
        assertTrue(
                text.contains("Live: 7 objects allocated\n    at " + ThreeCaches.class.getName() + ".allocateFrame("),
                text);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aJvmThatHidesItselfIsWatchedByItsNumber() throws IOException {
        try (Watched hidden = Watched.start(ThreeCaches.class, "-XX:-UsePerfData")) {
            assertEquals(0, run("top", hidden.id(), "--once"), err::toString);
            assertTrue(out.toString().contains(" frames"), out::toString);
        }
    }

    @Test
    void aJvmWhoseCachesAreClosedHasNone() throws IOException {
        try (Watched closed = Watched.start(ClosedCache.class)) {
            assertEquals(0, run("info", closed.id()), err::toString);
            assertEquals("JVM " + closed.id() + " has no open cache.\n", out.toString());
        }
    }

    @Test
    void aJvmWithoutTheLibraryIsRefused() throws IOException {
        try (Watched idle = Watched.start(Idle.class)) {
            assertRefused("JVM " + idle.id() + " does not use Slabcache", "top", idle.id());
            assertTrue(idle.isAlive());
        }
    }

    @Test
    void aJvmThatForbidsItIsRefused() throws IOException {
        try (Watched closed = Watched.start(ThreeCaches.class, "-XX:+DisableAttachMechanism")) {
            assertRefused("-XX:+DisableAttachMechanism", "info", closed.id());
            assertTrue(closed.isAlive());
        }
    }

    /** The signal of an attempt to attach would end it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessThatIsNoJvmIsRefusedAndLivesOn() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            assertRefused("is no JVM: it runs ", "top", Long.toString(process.pid()));
            assertFalse(process.waitFor(300, TimeUnit.MILLISECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessThatHasEndedIsRefused() throws Exception {
        Process process =
                new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version").start();
        process.waitFor();
        assertRefused("there is no process " + process.pid(), "info", Long.toString(process.pid()));
    }

    @Test
    void thisProgramItselfIsRefused() {
        assertRefused(
                "is this program itself",
                "top",
                Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void aJvmThatEndsMeanwhileIsReported() throws Exception {
        try (Watched ending = Watched.start(ThreeCaches.class)) {
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> run("top", ending.id()));
            while (!out.toString().contains("frames")) {
                assertFalse(exit.isDone(), err::toString);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            ending.end();
            assertEquals(1, exit.get(30, TimeUnit.SECONDS));
            assertTrue(err.toString().contains("JVM " + ending.id() + " has ended"), err::toString);
        }
    }

    @Test
    void wrongArgumentsAreExplained() {
        for (String pid : List.of("abc", "0", "12345678901234567890")) {
            assertEquals(2, run("top", pid));
            assertTrue(err.toString().contains("PID was '" + pid + "', expected"), err::toString);
            assertTrue(err.toString().contains("See top --help for the options.\n"), err::toString);
        }
        assertEquals(2, run("top", "--interval", "0", "1"));
        assertTrue(err.toString().contains("--interval was 0, expected 1 to 3600 seconds."), err::toString);
        assertEquals(2, run("info", "1", "2"));
        assertEquals("", out.toString());
    }
}
