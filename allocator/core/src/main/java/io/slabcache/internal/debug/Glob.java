package io.slabcache.internal.debug;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern for names: {@code *} stands for any characters, {@code ?} for one, everything else for itself. */
final class Glob {
    private final Pattern pattern;

    Glob(String glob) {
        pattern = Pattern.compile(
                glob.chars().mapToObj(c -> translate((char) c)).collect(Collectors.joining()), Pattern.DOTALL);
    }

    private static String translate(char c) {
        return switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
