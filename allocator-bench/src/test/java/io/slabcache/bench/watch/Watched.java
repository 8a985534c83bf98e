package io.slabcache.bench.watch;

import io.slabcache.SlabCache;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, without any option that makes it watchable. */
public final class Watched implements AutoCloseable {
    private final Process process;

    private Watched(Process process) {
        this.process = process;
    }

    public static Watched start(Class<?> program, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", location(SlabCache.class) + File.pathSeparator + location(program)));
        command.add(program.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Watched watched = new Watched(builder.start());
        BufferedReader output = watched.process.inputReader();
        String line = output.readLine();
        if (!"ready".equals(line)) {
            watched.close();
            throw new AssertionError(program + " printed " + line);
        }
        return watched;
    }

    private static String location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    public long pid() {
        return process.pid();
    }

    public String id() {
        return Long.toString(pid());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        end();
    }

    public void end() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
