package io.slabcache.internal.system;

/**
 * Numbers from the headers of Linux. They are the same on x86-64 and aarch64, except those of system calls. Other
 * processors have other numbers, and are not supported.
 */
public final class LinuxConstants {
    /** Protection: no access at all. */
    public static final int PROT_NONE = 0;

    /** Protection: read and write. */
    public static final int PROT_READ_WRITE = 1 | 2;

    /** Flags of {@code mmap} for private memory without a file. */
    static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;

    /** Replaces what is mapped at the address. */
    public static final int MAP_FIXED = 0x10;

    /** Does not count the addresses as memory, unless the system counts all. Not with huge pages of the pool. */
    public static final int MAP_NORESERVE = 0x4000;

    /** Pages of 2 MiB from the pool of huge pages: {@code MAP_HUGETLB | MAP_HUGE_2MB}. */
    public static final int MAP_HUGE_2M = 0x40000 | 21 << 26;

    /** Takes the memory away, and keeps the addresses. */
    public static final int MADV_DONTNEED = 4;

    /** Prefers transparent huge pages. */
    public static final int MADV_HUGEPAGE = 14;

    /** Makes all pages present and writable. Since Linux 5.14. */
    public static final int MADV_POPULATE_WRITE = 23;

    /** Takes memory of another node if the wanted one is full. */
    public static final int MPOL_PREFERRED = 1;

    /** Takes memory of the wanted node only. */
    public static final int MPOL_BIND = 2;

    static final int PR_SET_VMA = 0x53564d41;
    static final long PR_SET_VMA_ANON_NAME = 0;

    /** The largest number of nodes that Linux can be built for. */
    public static final int MAX_NODES = 1024;

    private static final long MBIND_X86_64 = 237;
    private static final long MBIND_AARCH64 = 235;

    private LinuxConstants() {}

    /** {@return whether this is Linux on a processor whose numbers are known} */
    public static boolean areKnown() {
        return System.getProperty("os.name", "").equals("Linux") && (isX86() || isArm());
    }

    private static boolean isX86() {
        String processor = System.getProperty("os.arch", "");
        return processor.equals("amd64") || processor.equals("x86_64");
    }

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    static long mbind() {
        return isArm() ? MBIND_AARCH64 : MBIND_X86_64;
    }
}
