package io.slabcache.bench.run;

/** The JVM that started this one. */
public final class ParentJvm {

    private static final int EXIT_ORPHANED = 130;

    private ParentJvm() {}

    /** Ends this JVM when its parent is gone: a parent that is killed cannot end it. */
    public static void endTogether() {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(EXIT_ORPHANED)));
    }
}
