package io.slabcache.internal.config;

import io.slabcache.diagnostics.Debug;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The letters that stand for the ways to debug a cache. */
final class DebugLetters {
    private DebugLetters() {}

    static String all() {
        return of(EnumSet.allOf(Debug.class));
    }

    static String of(Set<Debug> ways) {
        return ways.stream().sorted().map(way -> String.valueOf(way.letter())).collect(Collectors.joining());
    }

    /** The ways for some letters. */
    static Set<Debug> ways(String letters) {
        Set<Debug> ways = EnumSet.allOf(Debug.class);
        ways.removeIf(way -> letters.indexOf(way.letter()) < 0);
        return ways;
    }
}
