package io.slabcache.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One source file, and what it refers to in code: comments may speak of anything.
 *
 * @param name of the file with its package as folders
 * @param packageName it is in
 * @param lines how many it has
 * @param references qualified names that it imports or writes out
 * @param code its text without comments and literals
 */
record SourceFile(String name, String packageName, int lines, Set<String> references, String code) {
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|'(?:\\\\.|[^'\\\\])+'|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)\\s*;");

    /** The packages of a name are in lower case, the type is not; a star import has no type. */
    private static final Pattern REFERENCE = Pattern.compile("\\b((?:[a-z]\\w*\\.){2,}(?:[A-Z]\\w*|\\*))");

    static SourceFile of(String name, String text) {
        String code = COMMENT_OR_LITERAL.matcher(text).replaceAll(" ");
        Matcher inPackage = PACKAGE.matcher(code);
        Set<String> references = new TreeSet<>();
        REFERENCE.matcher(code).results().forEach(match -> references.add(match.group(1)));
        return new SourceFile(
                name,
                inPackage.find() ? inPackage.group(1) : "",
                (int) text.lines().count(),
                references,
                code);
    }

    static List<SourceFile> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> of(folder.relativize(file).toString(), read(file)))
                    .collect(Collectors.toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages of this project that the file refers to, without its own. */
    Set<String> usedPackages() {
        return references.stream()
                .filter(reference -> reference.startsWith("io.slabcache."))
                .map(reference -> reference.substring(0, reference.lastIndexOf('.')))
                .filter(used -> !used.equals(packageName))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
