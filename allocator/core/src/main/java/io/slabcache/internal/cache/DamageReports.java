package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.Release;
import java.util.List;
import java.util.Optional;

/** Reports what the debug layer found. */
final class DamageReports {
    private final CacheCore core;
    private final Reports reports;

    DamageReports(CacheCore core, Reports reports) {
        this.core = core;
        this.reports = reports;
    }

    /**
     * Reports what an allocation or a free found. Comes last in the call, because it may throw; but not that the heap is full,
     * which would say that the step was not done.
     */
    void report(Release release) {
        try {
            if (!release.damages().isEmpty()) {
                reports.found(release.damages().stream().map(this::report).toList());
            }
        } catch (OutOfMemoryError e) {
            reports.lost();
        }
    }

    /** Reports without throwing: the caller that shrinks or closes a cache did not cause the damage, and gets that done. */
    void tell(List<Damage> damages) {
        damages.forEach(this::tell);
    }

    private void tell(Damage damage) {
        try {
            reports.found(List.of(report(damage)));
        } catch (CorruptedObjectException e) {
            DebugLog.write(System.Logger.Level.WARNING, e.getMessage());
        } catch (RuntimeException e) {
            // Thrown by a log handler of the user's: see there.
        }
    }

    private MisuseReport report(Damage damage) {
        return new MisuseReport(
                core.identity.name(),
                core.identity.id(),
                damage.kind(),
                damage.address(),
                damage.object(),
                damage.index(),
                damage.slab(),
                Optional.ofNullable(damage.allocated()),
                Optional.ofNullable(damage.freed()),
                core + ": " + damage.text());
    }
}
