package io.slabcache.tests.support;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures the library's log between construction and close, and keeps it off the console. */
public final class LogCapture implements AutoCloseable {
    /** A strong reference, because java.util.logging drops configured loggers that are not referenced. */
    private final Logger logger = Logger.getLogger("io.slabcache");

    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {
            // No buffer to flush.
        }

        @Override
        public void close() {
            // No resource to close.
        }
    };

    /** Starts to capture. */
    public LogCapture() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /** Returns all records so far, except those of {@link #announcements()}. */
    public List<LogRecord> records() {
        return records.stream().filter(logged -> !isAnnouncement(logged)).toList();
    }

    /** Returns the lines that announce debugged caches. */
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
