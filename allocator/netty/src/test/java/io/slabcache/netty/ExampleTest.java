package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import example.HttpExample;
import io.slabcache.SlabAllocator;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program of docs/integrations/netty.md runs in the ways that the page names. */
class ExampleTest {
    private static final String UNSAFE = "--sun-misc-unsafe-memory-access=";

    @ParameterizedTest
    @ValueSource(strings = {"", "allow", "deny"})
    void onTheClassPathWithAndWithoutUnsafe(String access) throws Exception {
        Assumptions.assumeTrue(access.isEmpty() || Runtime.version().feature() >= 24);
        List<String> flags = new ArrayList<>(access.isEmpty() ? List.of() : List.of(UNSAFE + access));
        flags.addAll(List.of("-cp", System.getProperty("java.class.path")));
        check(flags);
    }

    /** The descriptor names all that is needed; the example itself is in no module. */
    @Test
    void asAModule() throws Exception {
        Path tests = location(HttpExample.class);
        String modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("netty") && !Path.of(entry).equals(tests)
                        || Path.of(entry).equals(locationOf(SlabAllocator.class)))
                .collect(Collectors.joining(File.pathSeparator));
        check(List.of(
                "--module-path",
                modules,
                "--add-modules",
                "io.slabcache.netty,io.netty.codec.http,io.netty.transport",
                "-cp",
                tests.toString()));
    }

    private static Path locationOf(Class<?> type) {
        try {
            return location(type);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void check(List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add(HttpExample.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("Hello, Netty" + System.lineSeparator() + "allocated "), output);
        assertTrue(output.contains(", live 0"), output);
        assertFalse(output.contains("LEAK"), output);
    }
}
