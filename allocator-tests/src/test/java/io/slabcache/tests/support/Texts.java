package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Assertions on messages and reports. */
public final class Texts {
    private Texts() {}

    /** Asserts that a text contains all these parts, anywhere. A part may name a cache without its number. */
    public static void assertSays(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part) || withoutIds(text).contains(part), () -> "no " + part + " in: " + text);
        }
    }

    /** Returns a text without the numbers of caches, which depend on earlier tests. */
    public static String withoutIds(String text) {
        return text.replaceAll("(cache '[^']*') \\(#\\d+\\)", "$1");
    }
}
