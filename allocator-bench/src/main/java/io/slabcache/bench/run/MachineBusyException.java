package io.slabcache.bench.run;

import java.io.IOException;
import java.nio.file.Path;

/** Another benchmark runs on this machine; the message is for the user. */
public final class MachineBusyException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String ANYWAY = "add -Djmh.ignoreLock=true before -jar to run all the same.";

    MachineBusyException() {
        super("another benchmark is running on this machine, maybe another user's, and two at once would measure each "
                + "other. Wait for its end, or " + ANYWAY);
    }

    MachineBusyException(Path file, IOException cause) {
        super(
                "cannot tell whether another benchmark is running on this machine, because '" + file
                        + "' cannot be opened. Ask its owner to delete it, or " + ANYWAY,
                cause);
    }

    /** JMH's own words, if it was its own command line that found the lock taken. */
    public static String inOurWords(String message) {
        String text = message == null ? "" : message.strip();
        return text.contains("lock") ? new MachineBusyException().getMessage() : text;
    }
}
