package io.slabcache.internal.cache;

import io.slabcache.diagnostics.CorruptedObjectException;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.debug.Damage;
import io.slabcache.internal.debug.Release;
import java.util.List;
import java.util.Optional;

/** Reports the damage that the debug layer found. */
final class DamageReports {
    private final CacheCore core;
    private final Reports reports;

    DamageReports(CacheCore core, Reports reports) {
        this.core = core;
        this.reports = reports;
    }

    /**
     * Reports damage that an allocation or a free found. Last step of the call, because it may throw. Does not throw
     * {@link OutOfMemoryError}, which would claim that the call was not done.
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

    /**
     * Reports without throwing, because the caller, a shrink or a close, did not cause the damage and has to finish.
     */
    void tell(List<Damage> damages) {
        damages.forEach(this::tell);
    }

    private void tell(Damage damage) {
        try {
            reports.found(List.of(report(damage)));
        } catch (CorruptedObjectException e) {
            DebugLog.write(System.Logger.Level.WARNING, e.getMessage());
        } catch (RuntimeException e) {
            // From a log handler of the user, which must not stop a shrink or a close.
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
