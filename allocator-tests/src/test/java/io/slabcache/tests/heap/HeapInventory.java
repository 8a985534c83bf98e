package io.slabcache.tests.heap;

import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.SlabCacheStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;

/**
 * The program that {@link HeapInventoryTest} runs. It runs each {@link Scenario} with 16 bytes of heap left, then 24,
 * and so on, until it succeeds. Steps between two that fail at the same place come last. Once the heap was full in each
 * method of the {@link Inventory}, further steps are skipped, unless {@value #RUNS} sets their number.
 */
final class HeapInventory {
    /** Runs of each scenario, the widest steps first. */
    static final String RUNS = "slabcache-test.heap.runs";

    private static final int STEP = 8;
    private static final int ALL_RUNS = Integer.getInteger(RUNS, 0);
    private static final int MOST_RUNS = 200;
    private static final int FEWEST = 16;
    private static final int MOST = 1 << 20;
    private static final int MOST_FAULTS = 5;

    private final ErrorLog log;
    private final Ballast ballast = new Ballast();
    private final List<String> faults = new ArrayList<>();

    /** How often the heap was full in each method, in the current scenario. */
    private final Map<String, Integer> hits = new TreeMap<>();

    private int runs;

    private HeapInventory(ErrorLog log) {
        this.log = log;
    }

    /** Takes the log file and the scenarios. */
    public static void main(String[] arguments) {
        HeapInventory inventory = new HeapInventory(new ErrorLog(arguments[0]));
        for (int i = 1; i < arguments.length; i++) {
            Scenario scenario = Scenario.valueOf(arguments[i]);
            inventory.explore(scenario);
            inventory.report(scenario);
        }
        inventory.faults.forEach(fault -> System.out.println("fault " + fault));
        // Threads that hang must not keep the JVM alive.
        System.exit(0);
    }

    private void report(Scenario scenario) {
        hits.forEach((method, count) -> System.out.println("hit " + scenario + " " + method + " " + count));
        System.out.println("runs " + scenario + " " + runs);
        hits.clear();
        runs = 0;
    }

    private void explore(Scenario scenario) {
        // Often enough to link everything on the path.
        for (int i = 0; i < 3; i++) {
            run(scenario, MOST);
        }
        int enough = 1 << 10;
        while (enough < MOST && !run(scenario, enough).isEmpty()) {
            enough *= 2;
        }
        Queue<Interval> left = new PriorityQueue<>(Interval.MOST_PROMISING_FIRST);
        left.add(new Interval(FEWEST, run(scenario, FEWEST), enough, List.of()));
        while (goesOn(scenario) && !left.isEmpty()) {
            Interval widest = left.remove();
            if (widest.length() > STEP) {
                List<ErrorLog.Entry> between = run(scenario, widest.middle());
                left.add(new Interval(widest.from, widest.first, widest.middle(), between));
                left.add(new Interval(widest.middle(), between, widest.to, widest.last));
            }
        }
    }

    private boolean goesOn(Scenario scenario) {
        // A few faults of one kind say enough, and each may be slow.
        if (faults.size() >= MOST_FAULTS) {
            return false;
        }
        boolean isComplete = hits.keySet().containsAll(Inventory.of(scenario));
        return ALL_RUNS > 0 ? runs < ALL_RUNS : runs < MOST_RUNS && !isComplete;
    }

    /** The bytes to leave, and the places of failure with the fewest and with the most of them. */
    private record Interval(int from, List<ErrorLog.Entry> first, int to, List<ErrorLog.Entry> last) {
        /** Between equal ends there may be another place, but seldom. */
        static final Comparator<Interval> MOST_PROMISING_FIRST =
                Comparator.comparing(Interval::hasEqualEnds).thenComparing(Interval::length, Comparator.reverseOrder());

        boolean hasEqualEnds() {
            return first.equals(last);
        }

        int length() {
            return to - from;
        }

        int middle() {
            return from + (to - from) / (2 * STEP) * STEP;
        }
    }

    /** Returns the places at which the heap had no room. */
    private List<ErrorLog.Entry> run(Scenario scenario, int left) {
        runs++;
        Room room = scenario.make();
        Actor actor = new Actor(scenario, room);
        log.take();
        ballast.fill(left);
        boolean isDone = actor.step();
        ballast.release();
        Throwable thrown = actor.thrown();
        List<ErrorLog.Entry> found = log.take();
        found.forEach(entry -> hits.merge(entry.method(), 1, Integer::sum));
        try {
            require(isDone, actor + " hangs");
            // The JDK throws InternalError if it was about to generate code.
            if (thrown != null && !(thrown instanceof VirtualMachineError)) {
                throw new AssertionError("thrown", thrown);
            }
            Patience.run(() -> check(scenario, room));
            actor.end();
            Patience.run(() -> end(scenario, room));
        } catch (Throwable e) {
            faults.add(scenario + " with " + left + " bytes, " + found + ", " + thrown + ": " + e
                    + (e.getCause() == null ? "" : " because of " + e.getCause()));
        }
        return found;
    }

    private static void check(Scenario scenario, Room room) {
        if (scenario.isClosing()) {
            return;
        }
        room.touch();
        SlabCacheStats stats = room.cache.stats();
        CacheValidation walked = room.cache.validate();
        require(walked.isClean(), "found " + walked.findings());
        require(stats.liveObjects() == room.live(), stats.liveObjects() + " are live, and not " + room.live());
        require(walked.liveObjects() == room.live(), walked.liveObjects() + " were found live");
        long everywhere = walked.liveObjects() + walked.cachedObjects() + walked.freeObjects();
        require(everywhere == stats.totalObjects(), everywhere + " of " + stats.totalObjects() + " objects");
        require(stats.allocations() == stats.frees() + stats.liveObjects(), "counted wrong: " + stats);
    }

    private static void end(Scenario scenario, Room room) {
        if (!scenario.isClosing()) {
            require(
                    room.cache.stats().liveObjects() == 0,
                    "lost " + room.cache.stats().liveObjects());
            room.touch();
            room.cache.shrink();
        }
        room.cache.close();
        require(
                room.cache.stats().reservedBytes() == 0,
                "kept " + room.cache.stats().reservedBytes() + " bytes");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
