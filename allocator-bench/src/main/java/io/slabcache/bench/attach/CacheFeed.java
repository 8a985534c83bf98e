package io.slabcache.bench.attach;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.RemoteRecordingStream;

/**
 * The figures of all caches of a running JVM, again and again: from the library's periodic JFR events, read through the
 * JVM's management agent. The agent stays in the JVM; the recording ends with this feed.
 */
public final class CacheFeed implements AutoCloseable {

    /** The JVM throws away what is older, should this program be killed and leave the recording behind. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private static final int PATIENCE_STEP_MILLIS = 50;

    private final long pid;
    private final JMXConnector connector;
    private final RemoteRecordingStream stream;
    private final EventReader events = new EventReader();
    private Map<String, String> others = Map.of();
    private Duration period;
    private boolean isDetailed;

    private CacheFeed(long pid, JMXConnector connector, Duration period, boolean isDetailed) throws IOException {
        this.pid = pid;
        this.connector = connector;
        this.stream = new RemoteRecordingStream(connector.getMBeanServerConnection());
        this.period = period;
        this.isDetailed = isDetailed;
    }

    /**
     * Begins to read.
     *
     * @param period of the figures; the JVM passes them on once a second
     * @param isDetailed whether latencies, threads and traces come, too
     * @throws JvmProblem if there is no such JVM, it does not allow it, or does not use Slabcache
     */
    public static CacheFeed of(long pid, Duration period, boolean isDetailed) throws JvmProblem {
        String address;
        try (Attachment attachment = Attachment.to(pid)) {
            if (!attachment.usesSlabcache().orElse(true)) {
                throw new JvmProblem(
                        "JVM " + pid + " does not use Slabcache: it has not loaded io.slabcache.SlabCache");
            }
            address = attachment.startAgent();
        }
        JMXConnector connector = null;
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            CacheFeed feed = new CacheFeed(pid, connector, period, isDetailed);
            feed.start();
            return feed;
        } catch (IOException | RuntimeException e) {
            close(connector);
            throw lost(pid, e);
        }
    }

    private static JvmProblem lost(long pid, Exception e) {
        return Attachment.isAlive(pid)
                ? new JvmProblem(
                        "JVM " + pid + " does not let its Flight Recorder be read: " + e.getMessage()
                                + "; it needs the module jdk.management.jfr",
                        e)
                : Attachment.ended(pid, e);
    }

    private void start() throws IOException {
        stream.setMaxAge(KEPT);
        others = FeedSettings.withoutOthers(connector.getMBeanServerConnection());
        applySettings();
        stream.onEvent(events::add);
        stream.onFlush(events::flushed);
        // A JVM that ends is reported by its process.
        stream.onError(error -> {});
        stream.startAsync();
    }

    /** All at once, because each call that changes settings takes the JVM a while. */
    private void applySettings() {
        Map<String, String> all = new HashMap<>(others);
        all.putAll(FeedSettings.of(period, isDetailed));
        stream.setSettings(all);
        events.setPeriod(period);
    }

    /**
     * Changes what comes, and how often.
     *
     * @param newPeriod of the figures
     * @param detailed whether latencies, threads and traces come, too, which costs the JVM a little more
     * @throws JvmProblem if the JVM has ended
     */
    public void change(Duration newPeriod, boolean detailed) throws JvmProblem {
        period = newPeriod;
        isDetailed = detailed;
        try {
            applySettings();
        } catch (RuntimeException e) {
            throw lost(pid, e);
        }
    }

    /** Returns the caches that are open now, as far as this program knows. */
    public List<CacheSample> caches() {
        return events.caches();
    }

    /** Returns how often the JVM has passed on its events: after a few times, no cache is known because none is open. */
    public long flushes() {
        return events.flushes();
    }

    /** Returns normally while the JVM runs. */
    public void requireAlive() throws JvmProblem {
        if (!Attachment.isAlive(pid)) {
            throw Attachment.ended(pid, null);
        }
    }

    /**
     * Waits for figures.
     *
     * @param enough whether they are
     * @return whether they were in time
     * @throws JvmProblem if the JVM ends meanwhile
     */
    public boolean await(Predicate<CacheFeed> enough, Duration patience) throws JvmProblem, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!enough.test(this)) {
            requireAlive();
            if (System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PATIENCE_STEP_MILLIS);
        }
        return true;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (RuntimeException e) {
            // The JVM has ended, and its recording too.
            return;
        } finally {
            close(connector);
        }
    }

    private static void close(JMXConnector connector) {
        try {
            if (connector != null) {
                connector.close();
            }
        } catch (IOException e) {
            // As above.
            return;
        }
    }
}
