package io.slabcache.internal.util;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The library's log. An exception of the program's log handler does not reach the caller. */
public final class Log {
    /** The name is documented in docs/debugging.md. */
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    /** Warnings that were logged already. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    /** A bound, because a program may name very many caches. */
    private static final int MOST_SAID = 1000;

    private static final String LAST = "; further warnings about properties and builders are not logged";

    private static final int LONGEST_QUOTE = 200;

    private Log() {}

    /**
     * Logs a line.
     *
     * @param level of the line
     * @param line the text
     */
    public static void say(System.Logger.Level level, String line) {
        try {
            LOGGER.log(level, line);
        } catch (RuntimeException e) {
            // The program's call to the cache matters more than a line.
        }
    }

    /**
     * Logs a warning, unless the same one was logged before, or the bound on warnings is reached.
     *
     * @param line the text
     */
    public static void once(String line) {
        int said = SAID.size();
        if (said < MOST_SAID && SAID.add(line)) {
            say(System.Logger.Level.WARNING, line + (said + 1 < MOST_SAID ? "" : LAST));
        }
    }

    /**
     * Makes foreign text fit for one line of a log.
     *
     * @param text anything
     * @return in quotation marks, shortened, and without control characters
     */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars().limit(LONGEST_QUOTE).forEach(c -> quoted.append(Character.isISOControl(c) ? '?' : (char) c));
        return quoted.append(text.length() > LONGEST_QUOTE ? "…'" : "'").toString();
    }
}
