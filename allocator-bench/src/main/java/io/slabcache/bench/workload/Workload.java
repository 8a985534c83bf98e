package io.slabcache.bench.workload;

import java.util.List;

/**
 * The workloads of the comparison, in the order in which they are run and shown. A benchmark method
 * of the name {@link #id()} is its code; one of any other name is only run through {@code jmh}.
 */
public enum Workload {
    PAIR("pair", "allocate one object and free it"),
    BATCH_64("batch64", "allocate 64 objects, then free them; per object"),
    BATCH_1000("batch1000", "allocate 1,000 objects, then free them; per object"),
    SCATTERED(
            "scattered", "free 64 of 10 million objects of 64 bytes at random, then allocate 64; per object", 1, 2, 64),
    HAND_OVER("handover", "one thread allocates, a second one frees; per object", 1, 3),
    CONTENDED("contended", "the pair in one thread per processor at once; per object of all threads", processors()),
    OVERSUBSCRIBED("oversubscribed", "the same in four threads per processor", 4 * processors(), 3),
    PLATFORM(
            "platform",
            "10,000 requests hold 8 objects while they yield, in one thread per processor; per object",
            1,
            Workload.CROWDS),
    VIRTUAL("virtual", "the same in 10,000 virtual threads", 1, Workload.CROWDS),
    BOUNDED_1("bounded1", "allocate 32 objects of 64 bytes, then free them; per object of all threads", 1, 1, 64),
    BOUNDED_2("bounded2", "the same in two threads, after two others have ended", 2, 1, 64),
    BOUNDED_4("bounded4", "the same in four threads", 4, 1, 64),
    BOUNDED_8("bounded8", "the same in eight threads", 8, 1, 64);

    /** What these have in common before the number of threads; a name for all of them together. */
    private static final String BOUNDED = "bounded";

    /** The first few crowds, each an operation of a tenth of a second, still are not what later ones are. */
    private static final int CROWDS = 5;

    /** Those under which the cost of safety is shown: within one thread, and where two meet. */
    public static final List<Workload> OF_SAFETY = List.of(PAIR, HAND_OVER);

    private final String id;
    private final String about;
    private final int threads;
    private final int warmups;
    private final int largestObject;

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
        this.id = id;
        this.about = about;
        this.threads = threads;
        this.warmups = warmups;
        this.largestObject = largestObject;
    }

    /** Its name on the command line and in the results. */
    public String id() {
        return id;
    }

    /** Whether it is run only if it is named. */
    public boolean isOnDemand() {
        return id.startsWith(BOUNDED);
    }

    /** Whether it is meant by a name on the command line: its own, or that of several. */
    public boolean isNamed(String name) {
        return id.equals(name) || isOnDemand() && name.equals(BOUNDED);
    }

    /** What one operation is. */
    public String about() {
        return about;
    }

    /** How many threads measure; others that they start are not counted. */
    public int threads() {
        return threads;
    }

    /** How many times as long as others it is warmed up. */
    public int warmups() {
        return warmups;
    }

    /** How many bytes its objects have, if those of the others have so many: less where they would not fit into memory. */
    public int objectSize(int ofOthers) {
        return Math.min(ofOthers, largestObject);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
