package io.slabcache.bench.watch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A program in a pseudo terminal of 80 columns and 24 lines, by {@code script}, which is in every Linux distribution. */
public final class PseudoTerminal implements AutoCloseable {
    static final String SCRIPT = "/usr/bin/script";
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final int PATIENCE_SECONDS = 40;

    private final Process process;
    private final OutputStream keys;
    private final StringBuffer sent = new StringBuffer();

    private PseudoTerminal(Process process) {
        this.process = process;
        this.keys = process.getOutputStream();
        Thread.ofPlatform().daemon().start(this::collect);
    }

    static PseudoTerminal run(Map<String, String> environment, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(command);
        String line = "stty cols " + COLUMNS + " rows " + ROWS + "; exec "
                + words.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(SCRIPT, "--quiet", "--return", "--command", line, "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().remove("NO_COLOR");
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.start());
    }

    private void collect() {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sent.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            sent.append(e);
        }
    }

    String sent() {
        return sent.toString();
    }

    List<String> screen() {
        return VirtualScreen.after(sent(), COLUMNS, ROWS);
    }

    void press(String typed) throws IOException {
        keys.write(typed.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until the screen shows something. */
    void await(String what, Predicate<String> shown) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!shown.test(String.join("\n", screen()))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + " on the screen:\n" + String.join("\n", screen()));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end:\n" + String.join("\n", screen()));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
