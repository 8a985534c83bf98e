package io.slabcache.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM for one task, and both ends of what the two JVMs tell each other: the task and the result, as files in a folder. JMH has
 * no part in it, because these tasks are no operations to repeat.
 */
public final class ChildJvm {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TASK = "task.json";
    private static final String RESULT = "result.json";
    private static final String OUTPUT = "output.txt";

    private ChildJvm() {}

    /** A body that may throw anything. */
    @FunctionalInterface
    public interface Body<T, R> {

        /** Returns the result of a task. */
        R apply(T task) throws Exception;
    }

    /** Called by the main method in the child: runs the body on the task, and writes what it returns. */
    public static <T, R> void serve(String[] arguments, Class<T> type, Body<T, R> body) throws Exception {
        ParentJvm.endTogether();
        Path folder = Path.of(arguments[0]);
        T task = MAPPER.readValue(folder.resolve(TASK).toFile(), type);
        MAPPER.writeValue(folder.resolve(RESULT).toFile(), body.apply(task));
        // Threads of an allocator need not be daemons.
        System.exit(0);
    }

    /**
     * Runs a task and returns its result. The child gets the arguments of this JVM as well.
     *
     * @param program whose main method calls {@link #serve}
     * @throws ForkFailedException if the child ends without one
     */
    static <R> R run(Class<?> program, ForkTask task, Class<R> type)
            throws IOException, InterruptedException, ForkFailedException {
        Path folder = Files.createTempDirectory("allocator-bench-");
        try {
            MAPPER.writeValue(folder.resolve(TASK).toFile(), task);
            Process process = new ProcessBuilder(command(program, task, folder))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(OUTPUT).toFile())
                    .start();
            if (!process.waitFor(task.timeoutSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new ForkFailedException("no result after " + task.timeoutSeconds() + " s\n" + output(folder));
            }
            if (process.exitValue() != 0) {
                throw new ForkFailedException("exit code " + process.exitValue() + "\n" + output(folder));
            }
            return MAPPER.readValue(folder.resolve(RESULT).toFile(), type);
        } finally {
            delete(folder);
        }
    }

    private static List<String> command(Class<?> program, ForkTask task, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(task.jvmArguments());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), folder.toString()));
        return command;
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve(OUTPUT)).strip();
    }

    private static void delete(Path folder) throws IOException {
        for (String file : List.of(TASK, RESULT, OUTPUT)) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }
}
