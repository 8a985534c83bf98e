package io.slabcache.tests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.tests.support.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library runs without JVM flags and without warnings, on the class path and on the module path. */
class LaunchTest {
    private static final String PROGRAM = """
            package example;

            import io.slabcache.SlabCache;
            import io.slabcache.memory.MemorySource;
            import java.lang.foreign.MemorySegment;

            public class Main {
                public static void main(String[] arguments) throws InterruptedException {
                    try (SlabCache cache = SlabCache.builder("example", 64).memory(MemorySource.arena()).build()) {
                        MemorySegment object = cache.allocate();
                        Thread.ofVirtual().start(() -> cache.free(object)).join();
                        cache.shrink();
                        System.out.println("live objects: " + cache.stats().liveObjects());
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void onTheClassPath() {
        assertSilent(ChildJvm.run(folder, "-cp", ChildJvm.libraryAndTests(), Example.class.getName()));
    }

    @Test
    void asAModuleUsedFromTheClassPath() throws IOException {
        Path classes = compile();
        assertSilent(ChildJvm.run(
                folder,
                "-p",
                ChildJvm.library(),
                "--add-modules",
                "io.slabcache",
                "-cp",
                classes.toString(),
                "example.Main"));
    }

    @Test
    void asAModuleUsedByAModule() throws IOException {
        Files.writeString(folder.resolve("module-info.java"), "module example { requires io.slabcache; }");
        Path classes = compile();
        assertSilent(ChildJvm.run(
                folder, "-p", ChildJvm.library() + File.pathSeparator + classes, "-m", "example/example.Main"));
    }

    private static void assertSilent(ChildJvm.Result result) {
        assertEquals("", result.errors());
        assertEquals("live objects: 0", result.output().strip());
        assertEquals(0, result.exitCode());
    }

    /** Compiles the program and, if there is one, the module descriptor. */
    private Path compile() throws IOException {
        Path file = folder.resolve("example", "Main.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, PROGRAM);
        Path classes = folder.resolve("classes");
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-p", ChildJvm.library(), file.toString()));
        Path descriptor = folder.resolve("module-info.java");
        if (Files.exists(descriptor)) {
            arguments.add(descriptor.toString());
        } else {
            arguments.addAll(List.of("--add-modules", "io.slabcache"));
        }
        int exitCode = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertEquals(0, exitCode, "javac " + arguments);
        return classes;
    }
}
