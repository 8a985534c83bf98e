package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.ages.Ages;
import io.slabcache.SlabAllocator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of docs/integrations/arrow.md is the one that is compiled here, and runs on the class path and among
 * modules, with the flag that the error names.
 */
@Timeout(100)
class AgesTest {
    private static final String RESULT = "read 49500, live objects 0";

    @TempDir
    private Path folder;

    /** What a JVM printed. */
    private record Result(int exitCode, String text) {}

    @Test
    void onTheClassPathTheErrorNamesTheFlag() throws Exception {
        List<String> program = List.of("-cp", System.getProperty("java.class.path"));
        String flag = flagIn(run(program).text());
        assertEquals("--add-opens=java.base/java.nio=ALL-UNNAMED", flag);
        assertWorks(flag, program);
    }

    @Test
    void amongModulesTheErrorNamesTheModule() throws Exception {
        String tests = location(AgesTest.class);
        String modules = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isOurs(entry) || entry.matches(".*\\b(arrow|flatbuffers|jackson|codec|slf4j)\\b.*"))
                .filter(entry -> !entry.equals(tests))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> program = List.of("-p", modules, "--add-modules", "ALL-MODULE-PATH", "-cp", tests);
        String flag = flagIn(run(program).text());
        assertEquals("--add-opens=java.base/java.nio=org.apache.arrow.memory.core", flag);
        assertWorks(flag, program);
    }

    @Test
    void thePageShowsThisProgram() throws IOException {
        String source = Files.readString(Path.of("src/test/java/com/example/ages/Ages.java"));
        String page = Files.readString(Path.of("../../docs/integrations/arrow.md"));
        assertTrue(page.contains("```java\n" + source + "```\n"), "the page shows another program");
    }

    private void assertWorks(String flag, List<String> program) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(program);
        arguments.addFirst(flag);
        Result result = run(arguments);
        assertTrue(result.text().lines().anyMatch(RESULT::equals), result::text);
        assertEquals(0, result.exitCode());
    }

    private static boolean isOurs(String entry) {
        return entry.equals(location(SlabAllocator.class)) || entry.equals(location(SlabAllocationManager.class));
    }

    private static String flagIn(String message) {
        int at = message.indexOf("--add-opens");
        assertNotEquals(-1, at, message);
        return message.substring(at).split("\\s")[0];
    }

    private static String location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private Result run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        command.add(Ages.class.getName());
        command.add(folder.resolve("ages.arrow").toString());
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(50, TimeUnit.SECONDS), "hangs");
        return new Result(process.exitValue(), Files.readString(output));
    }
}
