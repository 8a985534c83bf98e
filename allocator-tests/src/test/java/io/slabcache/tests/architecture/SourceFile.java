package io.slabcache.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One source file.
 *
 * @param name of the file, with its package as folders
 * @param lines how many it has
 * @param code its text without comments and literals
 */
record SourceFile(String name, int lines, String code) {
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|'(?:\\\\.|[^'\\\\])+'|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);

    static SourceFile of(String name, String text) {
        String code = COMMENT_OR_LITERAL.matcher(text).replaceAll(" ");
        return new SourceFile(name, (int) text.lines().count(), code);
    }

    static List<SourceFile> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> of(folder.relativize(file).toString(), read(file)))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
