package io.slabcache.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/** A JVM without recordings does not pay for the flight recorder. Each test needs a JVM of its own. */
class RecorderTest {
    private static final String RECORDER = "jdk.jfr.internal.MetadataRepository";

    @Test
    void aBufferDoesNotStartTheRecorder() throws Exception {
        String output = run("none");
        assertTrue(output.contains(SlabByteBuf.class.getName()), output);
        assertFalse(output.contains(RECORDER), "the flight recorder was started");
    }

    /** Also shows that the check above can fail. */
    @Test
    void aLaterRecordingHasTheEvents() throws Exception {
        String output = run("later");
        assertTrue(output.contains(RECORDER), output);
        assertEquals(
                List.of("io.netty.AllocateBuffer", "io.netty.FreeBuffer"),
                output.lines().filter(line -> line.startsWith("io.netty.")).toList());
    }

    @Test
    void thereAreNoEventsIfNettyHasNone() throws Exception {
        String output = run("later", "-Dio.netty.jfr.enabled=false");
        assertTrue(output.lines().noneMatch(line -> line.startsWith("io.netty.")), output);
    }

    private static String run(String recording, String... flags) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xlog:class+load"),
                        Stream.of(flags),
                        Stream.of("-cp", System.getProperty("java.class.path"), Program.class.getName(), recording))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** Uses a buffer; then starts a recording if it is told so, uses the buffer's next life, and prints its events. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            try (Buffers buffers = new Buffers("recorder")) {
                buffers.allocator.directBuffer(100).writeLong(1).release();
                if (arguments[0].equals("later")) {
                    record(buffers);
                }
            }
        }

        private static void record(Buffers buffers) throws IOException {
            Path file = Files.createTempFile("buffers", ".jfr");
            try (Recording recording = new Recording()) {
                recording.enable("io.netty.AllocateBuffer").withoutStackTrace();
                recording.enable("io.netty.FreeBuffer").withoutStackTrace();
                recording.start();
                buffers.allocator.directBuffer(100).release();
                recording.dump(file);
            }
            RecordingFile.readAllEvents(file)
                    .forEach(event -> System.out.println(event.getEventType().getName()));
            Files.delete(file);
        }
    }
}
