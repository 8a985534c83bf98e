package io.slabcache.tests.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.tests.support.Memory;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The model test finds faults: each cache here has one, and is caught. */
class KnownBadTest {
    private static final int STEPS = 1_500;

    /** Remembers one live object. */
    private static class RememberingPool extends FaultyPool {
        long live;

        RememberingPool(Watched watched) {
            super(watched);
        }

        long remember(long address) {
            live = address;
            return address;
        }

        @Override
        public void free(Form form, long address) {
            live = address == live ? 0 : live;
            super.free(form, address);
        }

        @Override
        public void freeBulk(Form form, long[] addresses, int offset, int count) {
            live = 0;
            super.freeBulk(form, addresses, offset, count);
        }
    }

    private static void assertCaught(String finding, Function<Watched, Pool> faulty) {
        assertCaught(finding, Setup.TYPICAL.build(), faulty);
    }

    private static void assertCaught(String finding, Watched cache, Function<Watched, Pool> faulty) {
        Driver driver = new Driver(Setup.TYPICAL, faulty.apply(cache), new SplittableRandom(1));
        AssertionError caught = assertThrows(AssertionError.class, () -> driver.run(STEPS, 1));
        assertTrue(caught.getMessage().contains(finding), caught.getMessage());
        cache.cache().closeNow();
    }

    @Test
    void theSameDriverFindsNothingInTheRealCache() {
        Watched watched = Setup.TYPICAL.build();
        try (SlabCache cache = watched.cache()) {
            new Driver(Setup.TYPICAL, new FaultyPool(watched), new SplittableRandom(1)).run(STEPS, 1);
            assertEquals(0, cache.stats().liveObjects());
            assertTrue(cache.stats().allocations() > STEPS && cache.stats().exhaustions() > 10);
        }
    }

    @Test
    void anObjectHandedOutTwice() {
        assertCaught("handed out twice", cache -> new RememberingPool(cache) {
            @Override
            public long tryAllocate(Form form) {
                return isTime() && live != 0 ? live : remember(super.tryAllocate(form));
            }
        });
    }

    @Test
    void objectsThatOverlap() {
        assertCaught("overlaps", cache -> new RememberingPool(cache) {
            @Override
            public long tryAllocate(Form form) {
                return isTime() && live != 0 ? live + 8 : remember(super.tryAllocate(form));
            }

            @Override
            public boolean owns(long address) {
                return super.owns(address) || super.owns(address - 8);
            }
        });
    }

    @Test
    void aFreeThatIsLost() {
        assertCaught("live objects", cache -> new FaultyPool(cache) {
            @Override
            public void free(Form form, long address) {
                if (!isTime()) {
                    super.free(form, address);
                }
            }
        });
    }

    @Test
    void aDoubleFreeThatIsNotReported() {
        assertCaught("no report of a misuse of kind DOUBLE_FREE", cache -> new FaultyPool(cache) {
            @Override
            public void free(Form form, long address) {
                try {
                    super.free(form, address);
                } catch (InvalidFreeException e) {
                    if (e.kind() != Kind.DOUBLE_FREE || !isTime()) {
                        throw e;
                    }
                }
            }
        });
    }

    @Test
    void contentsThatAreOverwritten() {
        assertCaught("byte ", cache -> new FaultyPool(cache) {
            @Override
            public long tryAllocate(Form form) {
                long address = super.tryAllocate(form);
                if (isTime() && address != 0 && super.owns(address + Setup.TYPICAL.stride())) {
                    super.segment(address + Setup.TYPICAL.stride()).fill((byte) 0);
                }
                return address;
            }
        });
    }

    @Test
    void anObjectThatIsNotZeroed() {
        assertCaught("not zeroed", cache -> new FaultyPool(cache) {
            @Override
            public long allocateZeroed() {
                return super.allocate(Form.SEGMENT);
            }
        });
    }

    @Test
    void aBoundThatIsNotHeld() {
        Watched unbounded = new Watched(
                SlabCache.builder("unbounded", Setup.TYPICAL.objectSize()).build(), new Memory(), new ArrayDeque<>());
        assertCaught("the bound", unbounded, FaultyPool::new);
    }

    @Test
    void exhaustionWhileObjectsAreFree() {
        assertCaught("exhausted below the bound", cache -> new FaultyPool(cache) {
            @Override
            public long tryAllocate(Form form) {
                return isTime() ? 0 : super.tryAllocate(form);
            }
        });
    }

    @Test
    void aRefusedBulkThatTouchesTheArray() {
        assertCaught("touched by a refused bulk", cache -> new FaultyPool(cache) {
            @Override
            public boolean allocateBulk(Form form, long[] addresses, int offset, int count) {
                boolean allocated = super.allocateBulk(form, addresses, offset, count);
                if (!allocated) {
                    addresses[offset] = 0;
                }
                return allocated;
            }
        });
    }

    @Test
    void aRefusedBulkThatFreesItsGoodEntries() {
        assertCaught("live objects", cache -> new FaultyPool(cache) {
            @Override
            public void freeBulk(Form form, long[] addresses, int offset, int count) {
                for (int i = offset; i < offset + count; i++) {
                    super.free(form, addresses[i]);
                }
            }
        });
    }

    @Test
    void aFreeThatIsNotCounted() {
        assertCaught("frees", cache -> new FaultyPool(cache) {
            @Override
            public long frees() {
                return super.frees() - super.frees() / 10;
            }
        });
    }
}
