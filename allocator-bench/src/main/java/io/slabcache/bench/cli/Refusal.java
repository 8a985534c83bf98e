package io.slabcache.bench.cli;

/** What JMH says when it does not start anything. */
final class Refusal {

    private Refusal() {}

    /** Two runs at once would measure each other; JMH has a lock against that, for all users of the machine. */
    static String inOurWords(String message) {
        String text = message == null ? "" : message;
        return text.contains("lock")
                ? "another benchmark is running on this machine, maybe another user's, and two at once would measure "
                        + "each other. Wait for its end, or add -Djmh.ignoreLock=true before -jar to run all the same. "
                        + "(JMH: " + text.strip() + ")"
                : text;
    }
}
