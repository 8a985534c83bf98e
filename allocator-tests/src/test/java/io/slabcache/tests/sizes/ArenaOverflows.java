package io.slabcache.tests.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.tests.soak.StackSweep;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The program that {@link ArenaOverflowTest} runs: closes arenas at every depth of the stack from no room on, each again
 * until that succeeds. Prints for each kind of arena and contents how often the stack overflowed, and the live objects
 * that are left.
 */
final class ArenaOverflows {
    private static final int ROUNDS = 6;

    /** What an arena has when it is closed. */
    private enum Contents {
        NOTHING,
        ONE_CHUNK(64),
        A_LARGER_CHUNK(64, 5_000),
        SEVERAL_CHUNKS(64, 5_000, 15_000, 30_000, 9_000),
        A_LARGE_OBJECT(100_000),
        ALL_KINDS(64, 9_000, 100_000, 30_000);

        private final long[] sizes;

        Contents(long... sizes) {
            this.sizes = sizes;
        }

        void fill(Arena arena) {
            for (long size : sizes) {
                arena.allocate(size).fill((byte) 1);
            }
        }
    }

    private enum Way {
        CONFINED,
        /** The first chunk of the inner arena is not the spare object of its class. */
        NESTED,
        SHARED
    }

    /** Known bad: tells its caller that it is closed as soon as its scope has ended. */
    private record OneTryArena(Arena arena) implements Arena {
        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            return arena.allocate(byteSize, byteAlignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            if (arena.scope().isAlive()) {
                arena.close();
            }
        }
    }

    private final UnaryOperator<Arena> door;
    private final StackSweep sweep = new StackSweep();

    private ArenaOverflows(UnaryOperator<Arena> door) {
        this.door = door;
    }

    /** Takes "good" or "bad". */
    public static void main(String[] arguments) throws InterruptedException {
        boolean isBad = arguments[0].equals("bad");
        for (Way way : Way.values()) {
            for (Contents contents : Contents.values()) {
                ArenaOverflows program = new ArenaOverflows(isBad ? OneTryArena::new : arena -> arena);
                SlabAllocator allocator = SlabAllocator.builder("edge").build();
                String trouble = SmallStack.run(() -> program.run(way, contents, allocator));
                System.out.println(way + " " + contents + ": overflows " + program.sweep.overflows() + ", left "
                        + allocator.stats().liveObjects() + trouble);
            }
        }
    }

    private void run(Way way, Contents contents, SlabAllocator allocator) {
        switch (way) {
            case CONFINED -> closeAll(contents, allocator::arena);
            case NESTED -> {
                try (Arena outer = allocator.arena()) {
                    outer.allocate(1);
                    closeAll(contents, allocator::arena);
                }
            }
            case SHARED -> closeAll(contents, allocator::sharedArena);
        }
    }

    private void closeAll(Contents contents, Supplier<Arena> arenas) {
        for (int round = -2; round < ROUNDS; round++) {
            Arena arena = door.apply(arenas.get());
            contents.fill(arena);
            if (round < 0) {
                // Loads all classes: an overflow inside an initializer would break one for good.
                close(arena);
            } else {
                sweep.run(round, () -> close(arena));
            }
            if (arena.scope().isAlive()) {
                throw new AssertionError("still open");
            }
        }
    }

    private static void close(Arena arena) {
        try {
            arena.close();
        } catch (IllegalStateException e) {
            // The JDK's own close may be cut short after its last step.
            if (arena.scope().isAlive()) {
                throw e;
            }
        }
    }
}
