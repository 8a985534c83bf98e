package io.slabcache.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the second JVM has the options that its version understands, and the user's arguments at the end. */
class ProgramTest {

    private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    @TempDir
    private Path folder;

    @Test
    void givesTheOptionAboutUnsafeOnlyToAJavaThatKnowsIt() throws IOException {
        assertFalse(command("22.0.1", true).contains(UNSAFE));
        assertTrue(command("23", true).contains(UNSAFE));
        assertTrue(command("25.0.3", true).contains(UNSAFE));
    }

    @Test
    void passesTheArgumentsOnAtTheEnd() throws IOException {
        List<String> command = command("25", true);
        assertEquals(folder.resolve("bin/java").toString(), command.getFirst());
        assertEquals(
                List.of("io.slabcache.bench.cli.Cli", "--quick", "-s", "limit"),
                command.subList(command.size() - 4, command.size()));
    }

    @Test
    void passesJvmArgumentsOnToTheSameJavaOnly() throws IOException {
        assertTrue(command("25", true).containsAll(List.of("-Xmx1g", "-Da=b")));
        assertFalse(command("25", false).contains("-Xmx1g"));
        assertTrue(command("25", false).contains("-Da=b"));
    }

    @Test
    void onlyCommandsThatAttachGetAnInternalPackageForIt() throws IOException {
        String exports = "--add-exports=jdk.attach/sun.tools.attach=ALL-UNNAMED";
        assertTrue(command("25", true, "top", "1").contains(exports));
        assertTrue(command("25", true, "info").contains(exports));
        assertFalse(command("25", true).contains(exports));
        assertFalse(command("25", true, "-s", "top").contains(exports));
        assertFalse(command("25", true, new String[0]).contains(exports));
    }

    private List<String> command(String version, boolean sameJava) throws IOException {
        return command(version, sameJava, "--quick", "-s", "limit");
    }

    private List<String> command(String version, boolean sameJava, String... arguments) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("java");
        if (!Files.exists(program)) {
            Files.createFile(program).toFile().setExecutable(true);
        }
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        JavaHome home = JavaHome.at(folder).orElseThrow();
        return new Program(home, sameJava).command(List.of("-Xmx1g", "-Da=b"), arguments);
    }
}
