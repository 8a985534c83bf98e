package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What messages and reports have to say. */
public final class Texts {
    private Texts() {}

    /** That a text has all these parts, wherever. A part may name a cache without its number. */
    public static void assertSays(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part) || withoutIds(text).contains(part), () -> "no " + part + " in: " + text);
        }
    }

    /** A text without the numbers of caches, which depend on the tests that ran before. */
    public static String withoutIds(String text) {
        return text.replaceAll("(cache '[^']*') \\(#\\d+\\)", "$1");
    }
}
