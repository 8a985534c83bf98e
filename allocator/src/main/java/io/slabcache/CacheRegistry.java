package io.slabcache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The open caches of this JVM, known only as long as somebody else knows them; asked when a free went to the wrong one. */
final class CacheRegistry {
    private static final Set<Engine> OPEN = Collections.newSetFromMap(new WeakHashMap<>());

    private CacheRegistry() {}

    static void add(Engine engine) {
        synchronized (OPEN) {
            OPEN.add(engine);
        }
    }

    static void remove(Engine engine) {
        synchronized (OPEN) {
            OPEN.remove(engine);
        }
    }

    /** The open cache whose memory an address lies in, or null. */
    static Engine findByAddress(long address) {
        List<Engine> open;
        synchronized (OPEN) {
            open = new ArrayList<>(OPEN);
        }
        for (Engine engine : open) {
            if (engine.index.find(address) != null) {
                return engine;
            }
        }
        return null;
    }
}
