package io.slabcache.bench.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code top} in a pseudo terminal of 80 columns, as a user sees it. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class TopInTerminalTest {
    private Watched watched;

    @BeforeEach
    void startProgram() throws IOException {
        watched = Watched.start(ThreeCaches.class);
    }

    @AfterEach
    void endProgram() {
        watched.close();
    }

    private PseudoTerminal top(Map<String, String> environment) throws IOException {
        return PseudoTerminal.run(
                environment,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-exports=jdk.attach/sun.tools.attach=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.slabcache.bench.cli.Cli",
                        "top",
                        watched.id()));
    }

    @Test
    void theScreenShowsTheCachesAndObeysTheKeys() throws Exception {
        try (PseudoTerminal terminal = top(Map.of("TERM", "xterm"))) {
            terminal.await("list of caches", screen -> screen.contains("3 of 3 caches"));
            List<String> screen = terminal.screen();
            assertEquals("Slabcache in JVM " + watched.id() + " " + ThreeCaches.class.getName(), screen.getFirst());
            assertTrue(screen.get(2).contains("*MEMORY"), screen::toString);
            for (String name : List.of(" orders", " odd \"name\", '", " frames")) {
                assertTrue(screen.subList(3, 6).stream().anyMatch(line -> line.contains(name)), screen::toString);
            }
            assertTrue(screen.getLast().endsWith("q quit"), screen::toString);
            assertTrue(
                    terminal.sent().matches("(?s).*\u001b\\[([0-9]+;)*7(;[0-9]+)*m>.*"),
                    "the selected line is inverse");

            terminal.press("\u001b[D");
            terminal.await("other order", text -> text.contains("*TOTAL"));
            terminal.press("/FRA");
            terminal.await("filter", text -> text.contains("1 of 3 caches") && text.contains("filter: FRA_"));
            terminal.press("\r\r");
            terminal.await("detail", text -> text.startsWith("Cache 'frames' (#3)"));
            terminal.await("details", text -> text.contains("Slow path  "));
            terminal.press("\u001b[6~");
            terminal.await("latency and trace", text -> {
                boolean hasLatency = text.contains("  growthStall ");
                return hasLatency && text.contains("    at io.slabcache.bench.watch.ThreeCaches.allocateFrame(");
            });
            terminal.press("\u001b");
            terminal.await("table", text -> text.contains("1 of 3 caches"));
            terminal.press("q");
            assertEquals(0, terminal.exitCode());
            assertTrue(terminal.sent().contains("\u001b[?1049l"), "the terminal's own screen is back");
        }
        assertTrue(watched.isAlive());
    }

    @Test
    void noStyleIsUsedWhereNoColorIsWanted() throws Exception {
        try (PseudoTerminal terminal = top(Map.of("TERM", "xterm", "NO_COLOR", "1"))) {
            terminal.await("list of caches", screen -> screen.contains("3 of 3 caches"));
            terminal.press("q");
            assertEquals(0, terminal.exitCode());
            assertFalse(terminal.sent().matches("(?s).*\u001b\\[[1-9][0-9;]*m.*"), terminal::sent);
        }
    }

    @Test
    void aDumbTerminalGetsTablesUntilTheJvmEnds() throws Exception {
        try (PseudoTerminal terminal = top(Map.of("TERM", "dumb"))) {
            while (terminal.sent().split("\\*MEMORY").length < 3) {
                Thread.sleep(50);
            }
            watched.end();
            assertEquals(1, terminal.exitCode());
            assertTrue(terminal.sent().contains("JVM " + watched.id() + " has ended"), terminal::sent);
            assertFalse(terminal.sent().contains("\u001b"), terminal::sent);
        }
    }
}
