package io.slabcache.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher finds the newest suitable JDK in a planted tree of folders, and prefers {@code JAVA_HOME}. */
class JavaFinderTest {

    @TempDir
    private Path temp;

    private Path root;
    private Path home;

    @BeforeEach
    void createTree() throws IOException {
        root = Files.createDirectory(temp.resolve("root"));
        home = Files.createDirectory(temp.resolve("home"));
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        assertEquals(Optional.empty(), find(Map.of()));
    }

    @Test
    void findsNothingIfEveryJavaIsTooOld() throws IOException {
        install(root.resolve("usr/lib/jvm/java-17"), "17.0.15", "java");
        install(home.resolve(".jdks/corretto-21"), "21.0.5", "java");
        assertEquals(
                Optional.empty(),
                find(Map.of("JAVA_HOME", root.resolve("usr/lib/jvm/java-17").toString())));
    }

    @Test
    void takesTheNewest() throws IOException {
        install(root.resolve("usr/lib/jvm/a"), "22.0.2", "java");
        Path newest = install(home.resolve(".sdkman/candidates/java/25-tem"), "25.0.3", "java");
        install(home.resolve(".jdks/b"), "24", "java");
        assertEquals(Optional.of(newest), find(Map.of()));
    }

    @Test
    void prefersJavaHomeToANewerJava() throws IOException {
        Path chosen = install(temp.resolve("anywhere"), "22.0.2", "java");
        install(root.resolve("usr/lib/jvm/a"), "25", "java");
        assertEquals(Optional.of(chosen), find(Map.of("JAVA_HOME", chosen.toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/nowhere", "\0"})
    void ignoresAnInvalidJavaHome(String javaHome) throws IOException {
        Path only = install(root.resolve("usr/lib/jvm/a"), "25", "java");
        assertEquals(Optional.of(only), find(Map.of("JAVA_HOME", javaHome)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/temurin-25",
                "opt/jdk-25",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "opt/homebrew/opt/openjdk/libexec/openjdk.jdk/Contents/Home",
                "Program Files/Eclipse Adoptium/jdk-25",
            })
    void knowsWhereTheInstallersPutIt(String folder) throws IOException {
        Path installed = install(root.resolve(folder), "25", folder.startsWith("Program") ? "java.exe" : "java");
        assertEquals(Optional.of(installed), find(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {".jdks/x", ".sdkman/candidates/java/x", "Library/Java/JavaVirtualMachines/x/Contents/Home"})
    void knowsWhereTheVersionManagersPutIt(String folder) throws IOException {
        Path installed = install(home.resolve(folder), "25", "java");
        assertEquals(Optional.of(installed), find(Map.of()));
    }

    @Test
    void skipsAFolderWithoutAProgram() throws IOException {
        Path folder = Files.createDirectories(root.resolve("usr/lib/jvm/broken"));
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25\"\n");
        assertEquals(Optional.empty(), find(Map.of()));
    }

    private Optional<Path> find(Map<String, String> environment) {
        return new JavaFinder(environment, new SearchFolders(root, home))
                .find()
                .map(JavaHome::toString)
                .map(Path::of);
    }

    private static Path install(Path folder, String version, String program) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createFile(bin.resolve(program)).toFile().setExecutable(true);
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }
}
