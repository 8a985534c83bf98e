package io.slabcache.bench.subject;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.catalog.Benchmark;
import io.slabcache.bench.catalog.Catalog;
import io.slabcache.bench.workload.AddressPair;
import io.slabcache.bench.workload.AllocationBenchmark;
import io.slabcache.bench.workload.ObjectPair;
import io.slabcache.bench.workload.Workload;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every subject opens, gives an object, takes it back and closes, in this JVM. */
@Timeout(60)
class SubjectsTest {

    /** Arrow needs JVM flags, which its fork has. */
    static Stream<String> subjects() {
        Catalog catalog = Catalog.load();
        return catalog.select(List.of(Workload.PAIR), catalog.subjects()).stream()
                .map(Benchmark::method)
                .map(method -> method.substring(0, method.lastIndexOf('.')))
                .filter(type -> !type.equals(Arrow.class.getName()));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everySubjectServesThePair(String type) throws Exception {
        use((AllocationBenchmark) Class.forName(type).getDeclaredConstructor().newInstance());
    }

    private static void use(AllocationBenchmark subject) {
        subject.objectSize = 256;
        subject.setUp();
        for (int i = 0; i < 3; i++) {
            switch (subject) {
                case AddressPair addresses -> assertTrue(addresses.pair() != 0);
                case SlabcacheLease lease -> assertNull(lease.pair(), "a lease that does not leave its method");
                case ObjectPair<?> objects -> assertNotNull(objects.pair());
                default -> throw new AssertionError("no pair: " + subject);
            }
        }
        assertDoesNotThrow(subject::tearDown);
    }

    /** Known bad. */
    @Test
    void aSubjectThatFailsIsDetected() {
        assertThrows(
                AssertionError.class,
                () -> use(new ObjectPair<MemorySegment>() {
                    @Override
                    protected void open() {}

                    @Override
                    protected MemorySegment take() {
                        return null;
                    }

                    @Override
                    protected void give(MemorySegment object) {}
                }));
    }
}
