package io.slabcache.tests.support;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
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

    /** Everything logged so far. */
    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
