package io.slabcache.tests.heap;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Origins of {@link OutOfMemoryError}s. The JVM fills in the stack traces of the first few only, but with {@code
 * -Xlog:exceptions=info} it logs each method that one passes.
 */
final class ErrorLog {
    private static final String BEGIN = "thrown [";
    private static final Pattern FRAME = Pattern.compile("method <.*'(\\S+)' '\\S+' in '(\\S+)'>$");
    private static final Pattern LAMBDA_CLASS = Pattern.compile("\\$\\$Lambda.*(?=#)");
    private static final Pattern LAMBDA_METHOD = Pattern.compile("lambda\\$(\\w+)\\$\\d+");
    private static final Pattern PLACE = Pattern.compile("^ at bci (\\d+) for");

    private final RandomAccessFile file;

    /** The position up to which the log was read. */
    private long read;

    ErrorLog(String path) {
        try {
            file = new RandomAccessFile(path, "r");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One error that passed the library.
     *
     * @param method of the library that allocated
     * @param place within that method, and within what it called
     */
    record Entry(String method, String place) {}

    /** Returns the errors since the last call. */
    List<Entry> take() {
        List<Entry> found = new ArrayList<>();
        String method = "";
        String top = null;
        boolean isKnown = true;
        for (String line : more().lines().toList()) {
            if (line.startsWith(BEGIN)) {
                isKnown = false;
                top = null;
            }
            Matcher frame = FRAME.matcher(line);
            if (frame.find()) {
                method = frame.group(2) + "#" + frame.group(1);
            }
            Matcher place = PLACE.matcher(line);
            if (place.find() && !isKnown) {
                String at = method + "@" + place.group(1);
                top = top == null ? at : top;
                isKnown = method.startsWith("io/slabcache/");
                if (isKnown && !method.startsWith("io/slabcache/tests/")) {
                    found.add(new Entry(nameOf(method), at + " " + top));
                }
            }
        }
        return found;
    }

    /** Returns the name without the package; for a lambda, the name of its method. */
    private static String nameOf(String method) {
        return LAMBDA_CLASS
                .matcher(LAMBDA_METHOD
                        .matcher(method.substring(method.lastIndexOf('/') + 1))
                        .replaceFirst("$1"))
                .replaceFirst("");
    }

    private String more() {
        try {
            byte[] bytes = new byte[(int) (file.length() - read)];
            file.seek(read);
            file.readFully(bytes);
            read += bytes.length;
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
