package io.slabcache.tests.support;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs between construction and close, kept from the console. */
public final class LogCapture implements AutoCloseable {
    /** Held here, because java.util.logging forgets configured loggers that nobody holds. */
    private final Logger logger = Logger.getLogger("io.slabcache");

    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    };

    /** Starts to listen. */
    public LogCapture() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /** Everything logged so far, but for what {@link #announcements()} gives. */
    public List<LogRecord> records() {
        return records.stream().filter(logged -> !isAnnouncement(logged)).toList();
    }

    /** The lines that say of caches how they are debugged. */
    public List<String> announcements() {
        return records.stream()
                .filter(LogCapture::isAnnouncement)
                .map(LogRecord::getMessage)
                .toList();
    }

    private static boolean isAnnouncement(LogRecord logged) {
        return logged.getLevel() == Level.INFO && logged.getMessage().contains(" is debugged: ");
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
