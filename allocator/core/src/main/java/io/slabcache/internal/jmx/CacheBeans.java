package io.slabcache.internal.jmx;

import io.slabcache.diagnostics.SlabCacheMXBean;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import io.slabcache.internal.registry.RegistryListener;
import io.slabcache.internal.util.Log;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The beans of all open caches on the platform's server. The first cache of a name has the name alone, so that a monitor
 * finds it under the same name in each run; a further one has its number too.
 */
public final class CacheBeans implements RegistryListener {
    private static final String PREFIX = "io.slabcache:type=SlabCache,name=";

    /** What an unquoted value must not contain. */
    private static final String SPECIAL = ",=:\"*?\n";

    private static final CacheBeans INSTANCE = new CacheBeans(ManagementFactory::getPlatformMBeanServer);

    /** Asked for at the first registration only, because it starts the server. */
    private final Supplier<MBeanServer> server;

    /** By number of the cache. Guarded by this object's monitor, also while the server is called. */
    private final Map<Long, ObjectName> names = new HashMap<>();

    CacheBeans(Supplier<MBeanServer> server) {
        this.server = server;
    }

    /** Registers all open caches, and those to come. Does nothing the second time. */
    public static void register() {
        if (CacheRegistry.listen(INSTANCE)) {
            CacheRegistry.open().forEach(INSTANCE::opened);
        }
    }

    @Override
    public synchronized void opened(OpenCache cache) {
        if (names.containsKey(cache.id())) {
            return;
        }
        try {
            names.put(cache.id(), register(cache));
        } catch (JMException | RuntimeException e) {
            Log.once("the cache " + Log.quote(cache.name()) + " has no bean: " + e);
        }
        if (!cache.isOpen()) {
            // It was closed before its name was known here.
            closed(cache.id());
        }
    }

    private ObjectName register(OpenCache cache) throws JMException {
        StandardMBean bean = new StandardMBean(new CacheBean(cache), SlabCacheMXBean.class, true);
        String name = PREFIX + value(cache.name());
        try {
            return server.get().registerMBean(bean, new ObjectName(name)).getObjectName();
        } catch (InstanceAlreadyExistsException e) {
            return server.get()
                    .registerMBean(bean, new ObjectName(name + ",id=" + cache.id()))
                    .getObjectName();
        }
    }

    private static String value(String name) {
        boolean isPlain = name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        return isPlain ? name : ObjectName.quote(name);
    }

    @Override
    public synchronized void closed(long id) {
        ObjectName name = names.remove(id);
        if (name != null) {
            try {
                server.get().unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                // The program has removed it.
            } catch (JMException | RuntimeException e) {
                Log.once("the bean " + name + " stays: " + e);
            }
        }
    }
}
