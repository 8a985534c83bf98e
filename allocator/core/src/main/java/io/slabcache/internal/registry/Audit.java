package io.slabcache.internal.registry;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A period during which new caches are tracked and kept here, so that the collector does not take forgotten ones. For
 * any thread; several audits may overlap.
 */
public final class Audit implements AutoCloseable {
    private static final Set<Audit> GOING_ON = ConcurrentHashMap.newKeySet();

    private final List<OpenCache> built = new CopyOnWriteArrayList<>();

    private Audit() {}

    /** {@return an audit that runs until it is closed} */
    public static Audit begin() {
        Audit audit = new Audit();
        GOING_ON.add(audit);
        return audit;
    }

    /** {@return whether new caches are to be tracked} */
    public static boolean isGoingOn() {
        return !GOING_ON.isEmpty();
    }

    static void tell(OpenCache cache) {
        GOING_ON.forEach(audit -> audit.built.add(cache));
    }

    /** {@return the caches built since the audit began, open or not} */
    public List<OpenCache> built() {
        return List.copyOf(built);
    }

    @Override
    public void close() {
        GOING_ON.remove(this);
    }
}
