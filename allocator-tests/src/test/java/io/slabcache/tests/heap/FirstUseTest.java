package io.slabcache.tests.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first cache initializes all classes that a later call could break by finding the heap full. The check must catch
 * a class that is initialized later.
 */
@InAnotherJvm
class FirstUseTest {
    /** Withstands a full heap by itself. */
    private static final String EXCEPTION = "io.slabcache.internal.cache.NativeAccess";

    private static final Path CLASSES = Project.file("allocator/core/target/classes");

    /** A class with an initializer; not one that the JVM makes for a lambda. */
    private static final Pattern INITIALIZED = Pattern.compile("Initializing '([^'+]+)' ?\\((?!no method)");

    @TempDir
    private Path folder;

    /** Returns the classes in the order of their initialization. */
    private List<String> initialized(String... arguments) throws IOException {
        String[] command = {
            "-Xlog:class+init=info:file=classes.log:none",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            ChildJvm.libraryAndTests(),
            FirstUses.class.getName()
        };
        ChildJvm.Result result = ChildJvm.run(
                folder, Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        try (Stream<String> lines = Files.lines(folder.resolve("classes.log"))) {
            return lines.map(INITIALIZED::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1).replace('/', '.'))
                    .toList();
        }
    }

    private static Set<String> late(List<String> initialized) {
        int built = initialized.indexOf(FirstUses.Built.class.getName());
        assertTrue(built > 0, initialized::toString);
        Set<String> late = new TreeSet<>(initialized.subList(built + 1, initialized.size()));
        late.removeIf(name -> !name.matches(
                "io\\.slabcache\\..*|jdk\\.internal\\.foreign\\..*|java\\.lang\\.foreign\\..*" + "|java\\.util\\..*"));
        return late;
    }

    @Test
    void noCallInitializesAClass() throws IOException {
        assertEquals(Set.of(EXCEPTION), late(initialized()));
    }

    @Test
    void aClassThatIsInitializedLateIsCaught() throws IOException {
        assertEquals(Set.of(EXCEPTION, FirstUses.Late.class.getName()), late(initialized("known bad")));
    }

    /** Also those that none of these calls needs, because they belong to debugged caches, for example. */
    @Test
    void everyClassWithAnInitializerIsInitialized() throws IOException {
        List<String> initialized = initialized();
        Set<String> missing = new TreeSet<>(classesWithInitializer());
        assertTrue(missing.size() > 40, missing::toString);
        missing.removeAll(initialized.subList(0, initialized.indexOf(FirstUses.Built.class.getName())));
        // The audit is for test frameworks. A program asks for the memory of the system before it builds a cache.
        missing.removeIf(name -> name.matches("io\\.slabcache\\.(audit|memory|internal\\.system)\\..*"));
        assertEquals(Set.of(EXCEPTION), missing);
    }

    private static List<String> classesWithInitializer() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class") && hasInitializer(file))
                    .map(file -> CLASSES.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), "."))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    private static boolean hasInitializer(Path file) {
        try {
            // The name of the method is in the class file as it is.
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains("<clinit>");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String run(FirstOfAKind.Kind kind) {
        ChildJvm.Result result = ChildJvm.run(
                folder,
                "-Xmx12m",
                "-Xms12m",
                // Makes the remaining heap exact.
                "-XX:+UseSerialGC",
                "-XX:-UseTLAB",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ChildJvm.libraryAndTests(),
                FirstOfAKind.class.getName(),
                kind.name());
        return result.output() + result.errors();
    }

    @ParameterizedTest
    @EnumSource(names = "KNOWN_BAD", mode = EnumSource.Mode.EXCLUDE)
    void aFirstCallThatFindsTheHeapFullBreaksNothing(FirstOfAKind.Kind kind) {
        String output = run(kind);
        assertTrue(output.startsWith(FirstOfAKind.ANSWERS), output);
        assertFalse(output.startsWith(FirstOfAKind.ANSWERS + "0"), output);
    }

    @Test
    void aClassThatBreaksIsCaught() {
        String output = run(FirstOfAKind.Kind.KNOWN_BAD);
        assertTrue(output.contains("NoClassDefFoundError"), output);
    }
}
