package io.slabcache.tests.observe;

import io.slabcache.tests.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** {@link ObservedProgram} in a JVM of its own, and the tools of the JDK that look at it. */
final class RunningProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;

    private RunningProgram(Process process) {
        this.process = process;
    }

    /** Starts it, and waits until its threads run. */
    static RunningProgram start(Path folder, String... options) {
        List<String> command = new ArrayList<>();
        command.add(tool("java"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", ChildJvm.libraryAndTests(), ObservedProgram.class.getName()));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("errors.txt").toFile())
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            Assertions.assertEquals(ObservedProgram.READY, output.readLine());
            return new RunningProgram(process);
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Returns what {@code jcmd} prints about the program. */
    String jcmd(String... arguments) {
        List<String> command = new ArrayList<>(List.of(tool("jcmd"), Long.toString(process.pid())));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Returns what the tool {@code jfr} prints. */
    static String jfr(String... arguments) {
        List<String> command = new ArrayList<>(List.of(tool("jfr")));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) {
        try {
            Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Assertions.assertTrue(tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "hangs: " + command);
            Assertions.assertEquals(0, tool.exitValue(), () -> command + ": " + output);
            return output;
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while running " + command, e);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
