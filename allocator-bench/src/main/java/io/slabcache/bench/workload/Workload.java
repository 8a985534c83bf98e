package io.slabcache.bench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The workloads of the comparison, in the order in which they are run and shown: those of real programs first, the
 * shortest path last. The benchmark method named {@link #id()} implements one; methods with other names run through
 * {@code jmh} only.
 */
public enum Workload {
    BURST_32("burst32", "allocate 32 objects, write 8 bytes to each, free them; per object"),
    BURST_1000("burst1000", "the same with 1,000 objects"),
    REPLACE_10K(
            "replace10k",
            "of 10,000 live objects free one at random, allocate another one and write 8 bytes to it",
            1,
            1,
            Integer.MAX_VALUE,
            Workload.SMALL_SET),
    REPLACE_1M("replace1m", "the same among 1,000,000 live objects of 64 bytes", 1, 2, 64, Workload.LARGE_SET),
    SIZES_128(
            "sizes128",
            "of 128 live objects of 5 to 1,024 bytes free one at random, allocate one of another size",
            1,
            2,
            Integer.MAX_VALUE,
            128),
    SIZES_10K("sizes10k", "the same among 10,000 live objects", 1, 2, Integer.MAX_VALUE, Workload.SMALL_SET),
    HAND_OVER("handover", "one thread allocates, a second one frees; per object", 1, 3),
    BOUNDED_1("bounded1", "allocate 32 objects of 64 bytes, then free them; per object of all threads", 1, 1, 64),
    BOUNDED_2("bounded2", "the same as bounded1, in two threads, after two others have ended", 2, 1, 64),
    BOUNDED_4("bounded4", "the same as bounded2, in four threads", 4, 1, 64),
    BOUNDED_8("bounded8", "the same as bounded2, in eight threads", 8, 1, 64),
    CONTENDED("contended", "the pair in one thread per processor at once; per object of all threads", processors()),
    OVERSUBSCRIBED("oversubscribed", "the same as contended, in four threads per processor", 4 * processors(), 3),
    PLATFORM(
            "platform",
            "10,000 requests that each hold 8 objects while they yield, in one thread per processor; per object",
            1,
            Workload.CROWDS),
    VIRTUAL("virtual", "the same as platform, in 10,000 virtual threads", 1, Workload.CROWDS),
    SCATTERED(
            "scattered",
            "free 64 of 10 million objects of 64 bytes at random, then allocate 64; per object",
            1,
            2,
            64,
            Workload.HUGE_SET),
    BATCH_64("batch64", "allocate 64 objects, then free them; per object"),
    BATCH_1000("batch1000", "allocate 1,000 objects, then free them; per object"),
    PAIR("pair", "allocate one object and free it");

    /** The live objects of a small live set. */
    static final int SMALL_SET = 10_000;

    /** The live objects of a large one. */
    static final int LARGE_SET = 1_000_000;

    /** The live objects of one that is larger than any cache of a processor. */
    static final int HUGE_SET = 10_000_000;

    /** Prefixes of ids, each of which also names all the workloads that have it. */
    private static final List<String> GROUPS = List.of("sizes", "bounded");

    /** The first few crowds, each an operation of a tenth of a second, are slower than later ones. */
    private static final int CROWDS = 5;

    /** Those that show the cost of safety: within one thread, and between two. */
    public static final List<Workload> OF_SAFETY = List.of(PAIR, HAND_OVER);

    private final String id;
    private final String about;
    private final int threads;
    private final int warmups;
    private final int largestObject;
    private final int liveObjects;

    Workload(String id, String about) {
        this(id, about, 1);
    }

    Workload(String id, String about, int threads) {
        this(id, about, threads, 1);
    }

    Workload(String id, String about, int threads, int warmups) {
        this(id, about, threads, warmups, Integer.MAX_VALUE);
    }

    Workload(String id, String about, int threads, int warmups, int largestObject) {
        this(id, about, threads, warmups, largestObject, 0);
    }

    Workload(String id, String about, int threads, int warmups, int largestObject, int liveObjects) {
        this.id = id;
        this.about = about;
        this.threads = threads;
        this.warmups = warmups;
        this.largestObject = largestObject;
        this.liveObjects = liveObjects;
    }

    /** Returns the workload of that id, if there is one. */
    public static Optional<Workload> of(String id) {
        return Arrays.stream(values())
                .filter(workload -> workload.id.equals(id))
                .findFirst();
    }

    /** Returns the workload that a benchmark method implements, given its full name. */
    public static Optional<Workload> ofMethod(String method) {
        return of(method.substring(method.lastIndexOf('.') + 1));
    }

    /** Its name on the command line and in the results. */
    public String id() {
        return id;
    }

    /** Returns whether a name on the command line selects it: its own name, or that of a group. */
    public boolean isNamed(String name) {
        return id.equals(name) || GROUPS.contains(name) && id.startsWith(name);
    }

    /** Returns what one operation is. */
    public String about() {
        return about;
    }

    /** Returns how many objects it keeps live; 0 if it frees all that it has allocated. */
    public int liveObjects() {
        return liveObjects;
    }

    /** Returns the number of measuring threads, without those that they start. */
    public int threads() {
        return threads;
    }

    /** Returns the length of its warm-up, as a multiple of the usual one. */
    public int warmups() {
        return warmups;
    }

    /** Returns the bytes of its objects, given those of other workloads: less if these would not fit into memory. */
    public int objectSize(int ofOthers) {
        return Math.min(ofOthers, largestObject);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
