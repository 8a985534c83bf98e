package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.observe.Observer;
import io.slabcache.internal.observe.Observers;
import io.slabcache.internal.registry.CacheIdentity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Handles a report: counts it, shows it to the listener, then throws or logs its exception, as the cache's policy says.
 * Called with no lock held and the cache consistent, because listener and logger are foreign code.
 */
public final class Reports {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private static final String LOST = "an object of a debugged cache was overwritten, and the heap has no room for"
            + " details: the object was repaired and set aside, and the call has done its work";

    private final MisusePolicy policy;
    private final Consumer<MisuseReport> listener;
    private final LongAdder count = new LongAdder();

    /** Kinds that were logged already. Guarded by its own monitor. */
    private final Set<MisuseReport.Kind> warned = EnumSet.noneOf(MisuseReport.Kind.class);

    /**
     * Handles the reports of one cache or allocator.
     *
     * @param policy throw or warn
     * @param listener shown every report
     */
    public Reports(MisusePolicy policy, Consumer<MisuseReport> listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /** {@return the misuses so far} */
    public long count() {
        return count.sum();
    }

    /** Reports a refused call. Returns only if the policy says that it is to be ignored. */
    public void refused(MisuseReport report, InvalidFreeException exception) {
        count.increment();
        show(report);
        if (policy == MisusePolicy.THROW) {
            throw exception;
        }
        warn(report, exception, "ignored; further ones of this kind will be ignored silently: ");
    }

    /**
     * Reports a leak. Not thrown: the caller that detects it did not cause it. Counted separately from misuses.
     *
     * @param report of the leak
     */
    public void leaked(MisuseReport report) {
        show(report);
        LOGGER.log(System.Logger.Level.WARNING, report.text());
    }

    /** Reports everything that one call found. Throws the first exception, with the others suppressed. */
    public void found(List<MisuseReport> reports) {
        CorruptedObjectException first = null;
        for (MisuseReport report : reports) {
            count.increment();
            show(report);
            CorruptedObjectException exception = corrupted(report);
            if (policy == MisusePolicy.WARN_ONCE) {
                warn(report, exception, "repaired; further ones of this kind will be repaired silently: ");
            } else if (first == null) {
                first = exception;
            } else {
                first.addSuppressed(exception);
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Logs that the heap had no room for the reports of a finished call, if it has room for the log. */
    void lost() {
        try {
            LOGGER.log(System.Logger.Level.WARNING, LOST);
        } catch (OutOfMemoryError | RuntimeException e) {
            // The heap has no room for the log either.
        }
    }

    private static CorruptedObjectException corrupted(MisuseReport report) {
        CorruptedObjectException.Kind kind =
                CorruptedObjectException.Kind.valueOf(report.kind().name());
        return new CorruptedObjectException(kind, report.object(), report.offset(), report.text());
    }

    private void show(MisuseReport report) {
        Observer observer = Observers.current();
        if (observer != null) {
            try {
                observer.reported(report);
            } catch (RuntimeException | Error e) {
                // The event is lost; listener and caller get the report.
            }
        }
        try {
            listener.accept(report);
        } catch (RuntimeException | Error e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the listener threw on a report of " + new CacheIdentity(report.cache(), report.cacheId()),
                    e);
        }
    }

    private void warn(MisuseReport report, RuntimeException exception, String what) {
        boolean first;
        synchronized (warned) {
            first = warned.add(report.kind());
        }
        if (first) {
            LOGGER.log(System.Logger.Level.WARNING, () -> what + exception.getMessage(), exception);
        }
    }
}
