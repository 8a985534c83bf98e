package io.slabcache.tests.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.SlabCache;
import io.slabcache.SlabCaches;
import io.slabcache.diagnostics.SlabCacheMXBean;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.Collector;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The beans of caches, in this JVM and from another one over the local connector. */
@Timeout(120)
class BeansTest {
    private static final String PREFIX = "io.slabcache:type=SlabCache,name=";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path folder;

    private static ObjectName plain(String name) throws Exception {
        return new ObjectName(PREFIX + name);
    }

    @Test
    void aBeanAgreesWithTheStatistics() throws Exception {
        SlabCaches.registerBeans();
        try (SlabCache cache = SlabCache.builder("beans", 64).maxObjects(10_000).build()) {
            long object = cache.allocateAddress();
            SlabCacheStats stats = cache.stats();
            SlabCacheMXBean bean = JMX.newMXBeanProxy(server, plain("beans"), SlabCacheMXBean.class);
            assertEquals("beans", bean.getName());
            assertEquals(cache.id(), bean.getId());
            assertEquals(stats.liveObjects(), bean.getLiveObjects());
            assertEquals(stats.toJson(), bean.json());
            assertEquals(stats.toString(), bean.table());
            for (SlabCacheStats.Figure figure : SlabCacheStats.Figure.values()) {
                String attribute = Character.toUpperCase(figure.label().charAt(0))
                        + figure.label().substring(1);
                Number value = (Number) server.getAttribute(plain("beans"), attribute);
                assertEquals(stats.get(figure), value.longValue(), attribute);
            }
            cache.freeAddress(object);
        }
    }

    @Test
    void closedCachesLeave() throws Exception {
        SlabCache early = SlabCache.builder("early", 64).build();
        SlabCaches.registerBeans();
        SlabCaches.registerBeans();
        SlabCache late = SlabCache.builder("late", 64).build();
        SlabCacheMXBean bean = JMX.newMXBeanProxy(server, plain("late"), SlabCacheMXBean.class);
        assertTrue(server.isRegistered(plain("late")));
        late.close();
        early.close();
        assertFalse(server.isRegistered(plain("early")));
        assertFalse(server.isRegistered(plain("late")));
        Throwable thrown = assertThrows(Exception.class, bean::getLiveObjects);
        assertTrue(thrown.getCause() instanceof InstanceNotFoundException, thrown::toString);
        SlabCache again = SlabCache.builder("late", 64).build();
        assertTrue(server.isRegistered(plain("late")), "the name is free again");
        again.closeNow();
    }

    @Test
    void twoCachesOfOneNameAreToldApart() throws Exception {
        SlabCaches.registerBeans();
        try (SlabCache one = SlabCache.builder("twin", 64).build();
                SlabCache two = SlabCache.builder("twin", 128).build()) {
            ObjectName second = new ObjectName(PREFIX + "twin,id=" + two.id());
            assertEquals(one.id(), server.getAttribute(plain("twin"), "Id"));
            assertEquals(two.id(), server.getAttribute(second, "Id"));
            assertEquals(Set.of(plain("twin"), second), server.queryNames(new ObjectName(PREFIX + "twin,*"), null));
        }
        assertEquals(Set.of(), server.queryNames(new ObjectName(PREFIX + "twin,*"), null));
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {"a \"quoted\" name", "one,two", "*", "who?", "k=v", "a:b", "back\\slash", "line\nbreak", "ä 缓存"})
    void anyNameIsFoundAgain(String name) throws Exception {
        SlabCaches.registerBeans();
        try (SlabCache cache = SlabCache.builder(name, 64).build()) {
            Set<ObjectName> found = server.queryNames(new ObjectName("io.slabcache:type=SlabCache,*"), null).stream()
                    .filter(each -> {
                        String value = each.getKeyProperty("name");
                        return (value.startsWith("\"") ? ObjectName.unquote(value) : value).equals(name);
                    })
                    .collect(Collectors.toSet());
            assertEquals(1, found.size(), found::toString);
            ObjectName only = found.iterator().next();
            assertFalse(only.isPattern());
            assertEquals(cache.id(), server.getAttribute(only, "Id"));
        }
    }

    @Test
    void aBeanKeepsNoCache() throws Exception {
        SlabCaches.registerBeans();
        SlabCache cache = SlabCache.builder("forgotten", 64).build();
        WeakReference<SlabCache> left = new WeakReference<>(cache);
        ObjectName name = plain("forgotten");
        assertTrue(server.isRegistered(name));
        cache = null;
        Collector.collectUntil(() -> left.refersTo(null) && !server.isRegistered(name));
    }

    private static Set<ObjectName> beans(MBeanServerConnection connection) throws Exception {
        return connection.queryNames(new ObjectName("io.slabcache:*"), null);
    }

    private static JMXConnector connect(RunningProgram program) throws Exception {
        program.jcmd("ManagementAgent.start_local");
        String status = program.jcmd("ManagementAgent.status");
        String url = status.lines()
                .filter(line -> line.contains("service:jmx:"))
                .map(line -> line.replaceFirst(".*(service:jmx:\\S+).*", "$1"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(status));
        return JMXConnectorFactory.connect(new JMXServiceURL(url));
    }

    @Test
    void anotherJvmReadsTheBeansWhileEightThreadsAllocate() throws Exception {
        try (RunningProgram program = RunningProgram.start(folder, "-Dslabcache.jmx=true");
                JMXConnector connector = connect(program)) {
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            assertEquals(3, beans(connection).size());
            for (ObjectName name : beans(connection)) {
                SlabCacheMXBean bean = JMX.newMXBeanProxy(connection, name, SlabCacheMXBean.class);
                assertTrue(ObservedProgram.NAMES.contains(bean.getName()), bean.getName());
                long allocations = bean.getAllocations();
                Thread.sleep(200);
                assertTrue(bean.getAllocations() > allocations, "the program works on");
                assertEquals(256, bean.getObjectSize());
                assertEquals(
                        bean.getId(),
                        new ObjectMapper().readTree(bean.json()).get("id").longValue());
            }
        }
    }

    /** Known bad for the test above: never by surprise. */
    @Test
    void withoutThePropertyThereAreNoBeans() throws Exception {
        try (RunningProgram program = RunningProgram.start(folder);
                JMXConnector connector = connect(program)) {
            assertEquals(Set.of(), beans(connector.getMBeanServerConnection()));
        }
    }
}
