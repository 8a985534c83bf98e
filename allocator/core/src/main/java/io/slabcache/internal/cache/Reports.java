package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.registry.CacheIdentity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What happens to a report: it is counted and shown to the listener, and then its exception is thrown or logged, as the
 * cache's policy wants. Called with no lock held and the cache in order, for listener and logger are other people's code.
 */
final class Reports {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private static final String LOST = "an object of a debugged cache was overwritten, and the heap has no room to say"
            + " more: the object was repaired and put aside, and the call has done its work";

    private final MisusePolicy policy;
    private final Consumer<MisuseReport> listener;
    private final LongAdder count = new LongAdder();

    /** Kinds that were logged. Guarded by itself. */
    private final Set<MisuseReport.Kind> warned = EnumSet.noneOf(MisuseReport.Kind.class);

    Reports(MisusePolicy policy, Consumer<MisuseReport> listener) {
        this.policy = policy;
        this.listener = listener;
    }

    long count() {
        return count.sum();
    }

    void refused(MisuseReport report, InvalidFreeException exception) {
        count.increment();
        show(report);
        if (policy == MisusePolicy.THROW) {
            throw exception;
        }
        warn(report, exception, "ignored, and further ones of this kind will be ignored without a word: ");
    }

    /** Not thrown: the caller that detects a leak did not cause it. Counted separately from misuses. */
    void leaked(MisuseReport report) {
        show(report);
        LOGGER.log(System.Logger.Level.WARNING, report.text());
    }

    /** Reports what one call found; it throws the first, with the others suppressed. */
    void found(List<MisuseReport> reports) {
        CorruptedObjectException first = null;
        for (MisuseReport report : reports) {
            count.increment();
            show(report);
            CorruptedObjectException exception = corrupted(report);
            if (policy == MisusePolicy.WARN_ONCE) {
                warn(report, exception, "repaired, and further ones of this kind will be repaired without a word: ");
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

    /** Says that the heap had no room for reports of a step that is done, if it has room for that. */
    void lost() {
        try {
            LOGGER.log(System.Logger.Level.WARNING, LOST);
        } catch (OutOfMemoryError | RuntimeException e) {
            // Nothing is left to say it with.
        }
    }

    private static CorruptedObjectException corrupted(MisuseReport report) {
        CorruptedObjectException.Kind kind =
                CorruptedObjectException.Kind.valueOf(report.kind().name());
        return new CorruptedObjectException(kind, report.object(), report.offset(), report.text());
    }

    private void show(MisuseReport report) {
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
