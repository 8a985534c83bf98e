package io.slabcache.tests.soak;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The soak finds faults: each cache here has a rare one, and is caught with all that is needed to repeat it. */
class KnownBadSoakTest {
    private static final SoakSettings SETTINGS = new SoakSettings(7, 4, 1_500, 3, Duration.ZERO, Set.of());

    /** One in so many calls goes wrong, in one of the eight caches. */
    private static final int RARELY = 300;

    private static final String FAULTY = "small magazines";

    private static class Faulty extends Access {
        private final AtomicInteger calls = new AtomicInteger();

        Faulty(SlabCache cache) {
            super(cache);
        }

        boolean isTime() {
            return cache.name().equals(FAULTY) && calls.incrementAndGet() % RARELY == 0;
        }
    }

    /** Remembers the last object that was handed out. */
    private static class Remembering extends Faulty {
        final AtomicLong latest = new AtomicLong();

        Remembering(SlabCache cache) {
            super(cache);
        }

        @Override
        long allocate(ObjectAllocator door, Entry entry) {
            long address = super.allocate(door, entry);
            if (address != 0) {
                latest.set(address);
            }
            return address;
        }

        @Override
        void free(ObjectAllocator door, boolean asSegment, long address) {
            latest.compareAndSet(address, 0);
            super.free(door, asSegment, address);
        }
    }

    private static void assertCaught(String finding, Function<SlabCache, Access> faulty) {
        assertCaught(finding, new SoakRun(SETTINGS, MemorySource.arena(), faulty));
    }

    private static void assertCaught(String finding, SoakRun run) {
        AssertionError caught = assertThrows(AssertionError.class, run::run);
        assertTrue(Pattern.compile(finding).matcher(caught.getMessage()).find(), caught.getMessage());
        assertTrue(caught.getMessage().contains("-Dslabcache-test.seed=7, round "), caught.getMessage());
        assertTrue(caught.getMessage().contains(FAULTY), caught.getMessage());
        run.targets().forEach(target -> target.cache().closeNow());
    }

    private static final String WHO_AND_WHAT = "thread \\d+.*object.* 0x[0-9a-f]+";

    @Test
    void anObjectHandedOutTwice() {
        assertCaught(WHO_AND_WHAT, cache -> new Remembering(cache) {
            @Override
            long allocate(ObjectAllocator door, Entry entry) {
                long again = latest.get();
                return again != 0 && isTime() ? again : super.allocate(door, entry);
            }
        });
    }

    @Test
    void anObjectThatIsForgotten() {
        assertCaught(
                "live objects.*" + FAULTY + "' \\(#\\d+\\)\nno worker holds object 0x[0-9a-f]+.*freed by thread \\d+",
                cache -> new Faulty(cache) {
                    @Override
                    void free(ObjectAllocator door, boolean asSegment, long address) {
                        if (!isTime()) {
                            super.free(door, asSegment, address);
                        }
                    }
                });
    }

    @Test
    void aByteThatIsOverwritten() {
        assertCaught(WHO_AND_WHAT + "(.|\\n)*was overwritten", cache -> new Remembering(cache) {
            @Override
            long allocate(ObjectAllocator door, Entry entry) {
                long address = latest.get();
                if (address != 0 && isTime()) {
                    MemorySegment victim = cache.segment(address);
                    long middle = victim.byteSize() / 2;
                    victim.set(JAVA_BYTE, middle, (byte) ~victim.get(JAVA_BYTE, middle));
                }
                return super.allocate(door, entry);
            }
        });
    }

    @Test
    void anObjectThatIsNotZeroed() {
        assertCaught("thread \\d+.*is not zeroed", cache -> new Faulty(cache) {
            @Override
            long allocate(ObjectAllocator door, Entry entry) {
                boolean isWrong = entry == Entry.ALLOCATE_ZEROED && isTime();
                return super.allocate(door, isWrong ? Entry.ALLOCATE : entry);
            }
        });
    }

    @Test
    void anInterruptThatIsSwallowed() {
        SoakSettings interrupted = new SoakSettings(7, 4, 1_500, 3, Duration.ZERO, Set.of(Fault.INTERRUPT));
        assertCaught(
                "thread \\d+.*a call took the interrupt away",
                new SoakRun(interrupted, MemorySource.arena(), cache -> new Faulty(cache) {
                    @Override
                    long allocate(ObjectAllocator door, Entry entry) {
                        if (cache.name().equals(FAULTY)) {
                            Thread.interrupted();
                        }
                        return super.allocate(door, entry);
                    }
                }));
    }
}
