package io.slabcache.internal.system;

/**
 * A range of addresses that this process has reserved, and the memory in it. First the addresses are reserved without
 * access, together with the guards; then memory is put between the guards. A failed step leaves everything to {@link
 * #release}.
 *
 * <p>Used by one thread at a time: the thread that makes it, and later the thread that ends it.
 */
public final class Mapping {
    private final MemoryCalls calls;

    /** All addresses, with guards; 0 bytes if there are none. */
    private long start;

    private long length;

    /** What is between the guards. */
    private long address;

    private long bytes;

    /**
     * Makes a mapping without addresses. Exists before the addresses, so that a full heap cannot lose them.
     *
     * @param calls of the system
     */
    public Mapping(MemoryCalls calls) {
        this.calls = calls;
    }

    /**
     * Reserves addresses without memory and without access.
     *
     * @param bytes multiple of the page size
     * @param alignment of the first byte, power of two
     * @param guardBytes before the first byte and after the last one, multiple of the page size
     * @param flags of {@code mmap}; 0, or {@link LinuxConstants#MAP_NORESERVE}
     * @return 0, or a negative error number; then nothing is reserved
     */
    public long reserve(long bytes, long alignment, long guardBytes, int flags) {
        long slack = Math.max(alignment - calls.pageBytes(), 0);
        long all = bytes + 2 * guardBytes + slack;
        long result = calls.map(0, all, LinuxConstants.PROT_NONE, flags);
        if (result < 0) {
            return result;
        }
        start = result;
        length = all;
        this.bytes = bytes;
        address = start + guardBytes + alignment - 1 & -alignment;
        trim(address - guardBytes, address + bytes + guardBytes);
        return 0;
    }

    /** Gives back the addresses outside a range. What the system refuses to take stays reserved; it has no memory. */
    private void trim(long from, long to) {
        long before = from - start;
        if (before > 0 && calls.unmap(start, before) == 0) {
            start = from;
            length -= before;
        }
        long after = start + length - to;
        if (after > 0 && calls.unmap(to, after) == 0) {
            length -= after;
        }
    }

    /**
     * Makes what is between the guards readable and writable memory. It takes no physical memory before it is touched.
     * Not by a mapping in the same place: some kernels leave a hole when that fails, and another thread may map it.
     *
     * @return 0, or a negative error number; then there is no memory, and the addresses are still reserved
     */
    public long commit() {
        return calls.protect(address, bytes, LinuxConstants.PROT_READ_WRITE);
    }

    /**
     * Puts pages of 2 MiB between the guards. They are counted as used at once, so that none can be missing at the first
     * touch. Linux looks for them before it changes the mapping.
     *
     * @return 0, or a negative error number; then there is no memory, and the addresses are still reserved
     */
    public long commitHuge() {
        int flags = LinuxConstants.MAP_FIXED | LinuxConstants.MAP_HUGE_2M;
        return Math.min(calls.map(address, bytes, LinuxConstants.PROT_READ_WRITE, flags), 0);
    }

    /** {@return the address of the first byte between the guards} */
    public long address() {
        return address;
    }

    /** {@return how many bytes are between the guards} */
    public long bytes() {
        return bytes;
    }

    /**
     * Gives everything back to the system; does nothing the second time. If the system refuses, as it may where a
     * process has too many mappings, the memory goes back and the addresses stay.
     *
     * @throws IllegalStateException if the system refuses to take the addresses
     */
    public void release() {
        long released = length;
        length = 0;
        long result = released == 0 ? 0 : calls.unmap(start, released);
        if (result < 0) {
            calls.advise(address, bytes, LinuxConstants.MADV_DONTNEED);
            throw new IllegalStateException("munmap of " + released + " bytes at 0x" + Long.toHexString(start) + ": "
                    + LinuxErrors.inWords(result) + "; the memory went back, the addresses stay in use;"
                    + " is vm.max_map_count too small?");
        }
    }
}
