package io.slabcache.tests.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log names a pattern that has matched no cache when the JVM exits. */
@InAnotherJvm
class UnmatchedPatternTest {
    @TempDir
    private Path folder;

    /** Uses two caches. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            for (String name : List.of("packets", "orders", "orders")) {
                try (SlabCache cache = SlabCache.builder(name, 24).build()) {
                    cache.freeAddress(cache.allocateAddress());
                }
            }
            if (arguments.length > 0) {
                System.exit(Integer.parseInt(arguments[0]));
            }
        }
    }

    private List<String> warnings(String property, String... arguments) {
        return warnings(List.of("-Dslabcache.debug=" + property), arguments);
    }

    private List<String> warnings(List<String> properties, String... arguments) {
        List<String> command = new ArrayList<>(properties);
        command.addAll(List.of("-cp", ChildJvm.libraryAndTests(), Program.class.getName()));
        command.addAll(List.of(arguments));
        ChildJvm.Result result = ChildJvm.run(folder, command.toArray(String[]::new));
        assertEquals(arguments.length == 0 ? 0 : 3, result.exitCode(), result.errors());
        assertEquals("", result.output());
        return result.errors()
                .lines()
                .filter(line -> line.startsWith("WARNING: "))
                .toList();
    }

    @Test
    void anUnmatchedPatternIsLoggedWithTheNamesOfTheCaches() {
        assertEquals(
                List.of("WARNING: slabcache.debug='U,packtes': no cache had a name like 'packtes';"
                        + " did you mean 'packets'? There were: 'packets', 'orders'"),
                warnings("U,packtes"));
    }

    @Test
    void eachUnmatchedPatternHasALineAndMatchedOnesHaveNone() {
        List<String> warnings = warnings("U,nosuch,pack*;Z,order?,nowhere*");
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains("'nosuch'"), warnings::toString);
        assertTrue(warnings.get(1).contains("'nowhere*'"), warnings::toString);
    }

    @Test
    void nothingIsLoggedIfEveryPatternMatched() {
        assertEquals(List.of(), warnings("U,packets,o*"));
        assertEquals(List.of(), warnings("-"));
    }

    @Test
    void faultsOfNoCacheAreLogged() {
        String faults = "-Dslabcache.debug.faults=interval=1000";
        for (List<String> properties : List.of(List.of(faults), List.of(faults, "-Dslabcache.debug=U"))) {
            List<String> warnings = warnings(properties);
            assertEquals(1, warnings.size(), warnings::toString);
            assertTrue(
                    warnings.getFirst()
                            .contains("slabcache.debug.faults='interval=1000': no cache was debugged with A"),
                    warnings::toString);
        }
        assertEquals(List.of(), warnings(List.of(faults, "-Dslabcache.debug=A,orders")));
    }

    @Test
    void anUnmatchedPatternIsLoggedAtSystemExit() {
        assertEquals(1, warnings("U,nosuch", "3").size());
    }
}
