package io.slabcache.tests.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What messages and reports have to say. */
public final class Texts {
    private Texts() {}

    /** That a text has all these parts, wherever. */
    public static void assertSays(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "no " + part + " in: " + text);
        }
    }
}
