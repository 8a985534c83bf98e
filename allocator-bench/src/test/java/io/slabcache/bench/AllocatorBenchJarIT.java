package io.slabcache.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the built jar, started as a user starts it. */
@Timeout(240)
class AllocatorBenchJarIT {

    private static final String JAR = System.getProperty("allocator-bench.jar");
    private static final int JAVA_8 = 52;
    private static final String[] TINY = {"--rounds=1", "--warmup=1", "--iterations=1", "--time=1"};

    @TempDir
    private Path folder;

    /** One subject for each library that has native code or looks into the JDK; another test uses all. */
    @Test
    void runsWithoutAWarning() throws Exception {
        Process process = start(
                folder.resolve("err"),
                command(
                        TINY,
                        "--workload=pair",
                        "--subject=slabcache-mapped,slabcache-agrona,slabcache-netty,agrona-queue,arrow,jctools-queue,jemalloc,"
                                + "malloc,mimalloc,netty-adaptive,netty-pooled,rpmalloc,stormpot"));
        assertEquals(0, process.waitFor(), () -> read("err"));
        assertFalse(read("err").contains("WARNING"), read("err"));
        assertFalse(read("out").contains("WARNING"), read("out"));
        try (var files = Files.newDirectoryStream(folder, "allocator-bench-*.json")) {
            assertTrue(files.iterator().hasNext(), "raw results under a name of their own");
        }
    }

    @Test
    void refusesBadArgumentsWithCodeTwo() throws Exception {
        assertEquals(2, start(folder.resolve("err"), TINY, "--subject=netti").waitFor());
        assertTrue(read("err").startsWith("allocator-bench: unknown subject 'netti', did you mean"), read("err"));
    }

    @Test
    void passesArgumentsOnToJmh() throws Exception {
        assertEquals(0, start(folder.resolve("err"), new String[] {"jmh"}, "-l").waitFor());
        assertTrue(read("out").contains("io.slabcache.bench.subject.Limit.pair"), read("out"));
        String[] run = {"jmh", "-f", "1", "-wi", "0", "-i", "1", "-r", "1ms"};
        assertEquals(0, start(folder.resolve("err"), run, "AgronaQueue.pair").waitFor());
        assertTrue(read("out").contains("ns/op"), read("out"));
        assertFalse(read("out").contains("WARNING: A"), read("out"));
    }

    @Test
    void leavesNoProcessBehindWhenItIsEnded() throws Exception {
        Process process = start(folder.resolve("err"), new String[] {"--full"}, "--subject=limit");
        List<ProcessHandle> children = new ArrayList<>();
        while (children.size() < 2) { // the program, and its first fork
            assertTrue(process.isAlive(), read("err"));
            children = process.descendants().toList();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        process.destroy();
        process.waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    /** The signal goes to the forks as well, as a terminal sends it. */
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @EnabledOnOs(OS.LINUX)
    void keepsWhatWasComparedBeforeASignal(String signal, int exitCode) throws Exception {
        Path file = folder.resolve("x.json");
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT,TERM"));
        command.addAll(command(TINY, "--rounds=500"));
        command.addAll(List.of("--workload=pair,batch64", "--subject=limit", "--output=x.json"));
        command.remove("--rounds=1");
        Process process = start(folder.resolve("err"), command);
        while (!Files.exists(file)) {
            assertTrue(process.isAlive(), () -> read("err"));
            TimeUnit.MILLISECONDS.sleep(5);
        }
        List<ProcessHandle> children = process.descendants().toList();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-s", signal, "--", "-" + process.pid())
                        .start()
                        .waitFor());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "ends");
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        assertEquals(exitCode, process.exitValue(), () -> read("err"));
        assertTrue(read("err").contains("ended before the last fork."), read("err"));
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        int forks = json.path("forks").size();
        assertTrue(forks >= 2 && forks < 1_000, () -> forks + " forks");
        assertEquals(0, json.path("failures").size(), json.path("failures")::toString);
        assertEquals(2, json.path("summary").size(), json::toString);
        assertEquals(
                2,
                read("out")
                        .lines()
                        .filter(line -> line.matches("  limit +[0-9.]+ .*"))
                        .count(),
                read("out"));
        assertTrue(read("out").strip().endsWith("x.html"), read("out"));
        assertTrue(Files.size(folder.resolve("x.html")) > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency", "memory"})
    void keepsWhatALoadMeasuredBeforeItWasEnded(String load) throws Exception {
        Path file = folder.resolve("x.json");
        Process process = start(folder.resolve("err"), new String[] {load, "--quick", "--live=4"}, "-o=x.json");
        while (!Files.exists(file)) {
            assertTrue(process.isAlive(), read("err"));
            TimeUnit.MILLISECONDS.sleep(5);
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy(); // as Ctrl-C does
        process.waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        int forks = json.path("forks").size();
        assertTrue(forks >= 1 && forks < 9, () -> forks + " forks");
        assertEquals(0, json.path("failures").size(), json.path("failures")::toString);
        assertTrue(read("out").contains("results in x.json"), read("out"));
    }

    @Test
    void theLauncherIsForJava8AndNothingIsAModule() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            try (DataInputStream in =
                    new DataInputStream(jar.getInputStream(jar.getJarEntry(main.replace('.', '/') + ".class")))) {
                in.readInt();
                in.readUnsignedShort();
                assertEquals(JAVA_8, in.readUnsignedShort());
            }
            assertNull(jar.getEntry("module-info.class"));
        }
    }

    private Process start(Path err, String[] arguments, String last) throws IOException {
        return start(err, command(arguments, last));
    }

    private static List<String> command(String[] arguments, String... last) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djmh.ignoreLock=true",
                "-jar",
                JAR));
        command.addAll(List.of(arguments));
        command.addAll(List.of(last));
        return command;
    }

    private Process start(Path err, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(new File(folder.toFile(), "out"))
                .redirectError(err.toFile())
                .start();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
