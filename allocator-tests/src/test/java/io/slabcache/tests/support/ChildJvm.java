package io.slabcache.tests.support;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.resolver.AddressResolver;
import io.netty.util.ReferenceCounted;
import io.slabcache.SlabCache;
import io.slabcache.agrona.BufferPool;
import io.slabcache.junit.NoLeaks;
import io.slabcache.netty.SlabByteBufAllocator;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;

/** Starts another JVM like the one that runs the tests, with only the given arguments. */
public final class ChildJvm {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Each makes a JVM print a line to its error output. */
    private static final List<String> VARIABLES_WITH_OPTIONS =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private ChildJvm() {}

    /** The result of a JVM. */
    public record Result(int exitCode, String output, String errors) {}

    /** Runs to the end; fails after two minutes. */
    public static Result run(Path workingFolder, String... arguments) {
        return run(workingFolder, PATIENCE, arguments);
    }

    /** Runs to the end; fails after the given time. */
    public static Result run(Path workingFolder, Duration patience, String... arguments) {
        return runBy(List.of(), workingFolder, patience, arguments);
    }

    /** Runs to the end, started by another program that is given as the beginning of a command; fails after two minutes. */
    public static Result runBy(List<String> launcher, Path workingFolder, String... arguments) {
        return runBy(launcher, workingFolder, PATIENCE, arguments);
    }

    private static Result runBy(List<String> launcher, Path workingFolder, Duration patience, String... arguments) {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(workingFolder, "output", ".txt");
            Path errors = Files.createTempFile(workingFolder, "errors", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(workingFolder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeAll(VARIABLES_WITH_OPTIONS);
            Process process = builder.start();
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("hangs: " + command);
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while running " + command, e);
        }
    }

    /** Returns where the library's classes are: its jar, or the folder it was compiled to. */
    public static String library() {
        return location(SlabCache.class);
    }

    /** Returns the class path of library and tests. */
    public static String libraryAndTests() {
        return library() + File.pathSeparator + location(ChildJvm.class);
    }

    /** Returns the class path of all artifacts and of the tests. */
    public static String librariesAndTests() {
        return String.join(File.pathSeparator, libraries()) + File.pathSeparator + tests();
    }

    /** Returns the class path of all artifacts and of what they require. */
    public static List<String> libraries() {
        return Stream.of(
                        SlabCache.class,
                        NoLeaks.class,
                        BufferPool.class,
                        DirectBuffer.class,
                        SlabByteBufAllocator.class,
                        ByteBuf.class,
                        ReferenceCounted.class,
                        Channel.class,
                        AddressResolver.class)
                .map(ChildJvm::location)
                .toList();
    }

    /** Returns the class path of the libraries that examples use beside ours. */
    public static List<String> peers() {
        return List.of(location(Aeron.class), location(MediaDriver.class));
    }

    /** Returns where the tests' classes are. */
    public static String tests() {
        return location(ChildJvm.class);
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
