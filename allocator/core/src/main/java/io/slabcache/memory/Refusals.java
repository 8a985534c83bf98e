package io.slabcache.memory;

import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.internal.util.Log;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What becomes of an option that the system refuses: an exception if it is strict, otherwise one line in the log. */
final class Refusals {
    /** Each option, what a refusal of it means, and how to allow it. */
    enum Option {
        SYSTEM(
                "memory by mmap",
                "MemorySource.arena(), without any of the options",
                "run on Linux on x86-64 or aarch64"),
        HUGE_2M(
                "pages(Pages.HUGE_2M)",
                "Pages.TRANSPARENT_HUGE",
                "sysctl vm.nr_hugepages=N for N pages of 2 MiB, and in a container its limit on hugetlb"),
        TRANSPARENT_HUGE(
                "pages(Pages.TRANSPARENT_HUGE)",
                "Pages.BASE",
                "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled"),
        PRE_TOUCH(
                "preTouch(true) by MADV_POPULATE_WRITE",
                "a write to each page",
                "Linux 5.14, and a container that permits madvise"),
        PRESENT(
                "preTouch(true)",
                "memory that is taken at the first touch",
                "more free memory on the chosen nodes, and a higher memory limit of the container"),
        LOCK(
                "lock(true)",
                "memory that may be swapped out",
                "ulimit -l unlimited, LimitMEMLOCK=infinity of systemd, or the capability IPC_LOCK"),
        NUMA(
                "numaNode(…)",
                "memory of any node",
                "a node that numactl --hardware lists, and a container that permits mbind (capability SYS_NICE)");

        private final String asked;
        private final String instead;
        private final String permission;

        Option(String asked, String instead, String permission) {
            this.asked = asked;
            this.instead = instead;
            this.permission = permission;
        }
    }

    private final String name;
    private final boolean strict;

    /** Gets each report. */
    private final Consumer<String> log;

    /** One bit for each option that was reported. */
    private final AtomicInteger reported = new AtomicInteger();

    Refusals(String name, boolean strict) {
        this(name, strict, line -> Log.say(System.Logger.Level.WARNING, line));
    }

    Refusals(String name, boolean strict, Consumer<String> log) {
        this.name = name;
        this.strict = strict;
        this.log = log;
    }

    /**
     * Reports a refusal, the first of each option only.
     *
     * @param option refused
     * @param why the call and its error in words
     * @throws MemoryRefusedException if the options are strict
     */
    void add(Option option, String why) {
        String what = "mapped memory '" + name + "': " + option.asked + " was refused: " + why;
        String remedy = "; to allow it: " + option.permission;
        if (strict) {
            throw new MemoryRefusedException(what + remedy, null);
        }
        int bit = 1 << option.ordinal();
        if ((reported.getAndAccumulate(bit, (before, more) -> before | more) & bit) == 0) {
            log.accept(what + "; used instead: " + option.instead + remedy + "; reported once for each source");
        }
    }
}
