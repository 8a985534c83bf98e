package io.slabcache.memory;

import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.internal.system.LinuxCalls;
import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.Overcommit;
import io.slabcache.internal.system.TransparentHuge;
import java.util.Objects;
import java.util.Optional;

/**
 * Memory straight from Linux, by {@code mmap}: taken at the first touch, in pages of choice, and back at the system as
 * soon as a slab is given back.
 *
 * <pre>{@code
 * MemorySource memory = MappedMemory.builder().pages(Pages.TRANSPARENT_HUGE).preTouch(true).build();
 * SlabCache packets = SlabCache.builder("packets", 2048).slabBytes(32 << 20).memory(memory).build();
 * }</pre>
 *
 * <p>All objects of a cache lie in one range of addresses, which the cache reserves when it is built: exactly its bound, or
 * 64 GiB without one. Addresses take no memory. Slabs take memory at the first touch, and {@code shrink()} gives it back to
 * the system; what was given back reads zeros. After the close of the cache each access by a segment of it throws {@link
 * IllegalStateException}, as with every arena. {@link io.slabcache.SlabCache#window} is one segment over all of it. Where the
 * system refuses so many addresses, each slab is a mapping of its own.
 *
 * <p>This needs native access: start the JVM with {@code --enable-native-access=io.slabcache}, or {@code ALL-UNNAMED} if
 * the library is on the class path. It works on Linux on x86-64 and aarch64. On other systems it hands out what {@link
 * MemorySource#arena()} does.
 *
 * <p>If the system refuses an option, the region is made without it, and the logger {@code io.slabcache} says once for
 * each option of a source what was asked, why it was refused, what is used instead and how to allow it. With {@link
 * Builder#strict} the caller of the cache gets a {@link MemoryRefusedException} instead.
 *
 * <p>Any number of caches and threads may share a source.
 */
public final class MappedMemory implements MemorySource {
    private final MappedOptions options;
    private final MemorySource regions;

    private MappedMemory(MappedOptions options, MemorySource regions) {
        this.options = options;
        this.regions = regions;
    }

    /**
     * Begins with usual pages, taken at the first touch, on any node, without guard pages.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a region.
     *
     * @throws OutOfMemoryError if the system refuses the memory itself
     * @throws MemoryRefusedException if it refuses an option, and the source is strict
     */
    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemorySizes.require(bytes, alignment);
        return regions.allocate(bytes, alignment);
    }

    /**
     * Reserves addresses, which takes no memory. A range of them takes memory at its first touch once it is committed,
     * with the options of this source, and the system has the memory back when the range is released.
     *
     * @return nothing if the system refuses so many addresses, as with {@code ulimit -v}; if it counts addresses as
     *     memory ({@code vm.overcommit_memory=2}); or if this is not Linux on x86-64 or aarch64
     */
    @Override
    public Optional<MemoryReservation> reserve(long bytes, long alignment) {
        MemorySizes.require(bytes, alignment);
        return regions.reserve(bytes, alignment);
    }

    @Override
    public long regionBytes(long bytes, long alignment) {
        return regions.regionBytes(bytes, alignment);
    }

    /** {@return the options} */
    @Override
    public String toString() {
        return options.toString();
    }

    /** Collects the options of a source. Used by one thread. */
    public static final class Builder {
        /** Linux takes 79 characters. */
        private static final int LONGEST_NAME = 79;

        /** Printable, without those that Linux refuses in names. */
        private static final String NAME = "[\\x20-\\x7e&&[^\\[\\]\\\\$`]]+";

        private Pages pages = Pages.BASE;
        private boolean preTouch;
        private boolean lock;
        private int numaNode = -1;
        private boolean guardPages;
        private String name = "slabcache";
        private boolean strict;

        private Builder() {}

        /**
         * Chooses the pages.
         *
         * @param pages {@link Pages#BASE} by default
         * @return this
         */
        public Builder pages(Pages pages) {
            this.pages = Objects.requireNonNull(pages, "pages");
            return this;
        }

        /**
         * Has all of a region present before the cache gets it, so that no later access has to wait for a page. The
         * thread that makes the region waits instead, about a second for each GiB; other threads help with regions of
         * 64 MiB and more.
         *
         * @param preTouch false by default: a page is taken at its first touch
         * @return this
         */
        public Builder preTouch(boolean preTouch) {
            this.preTouch = preTouch;
            return this;
        }

        /**
         * Keeps regions from being swapped out, by {@code mlock}. This also has all of a region present at once. The
         * limit is {@code ulimit -l}.
         *
         * @param lock false by default
         * @return this
         */
        public Builder lock(boolean lock) {
            this.lock = lock;
            return this;
        }

        /**
         * Takes memory of one NUMA node, by {@code mbind}. If the node is full, other nodes help out, unless the source
         * is {@link #strict}: then the system may end the program.
         *
         * @param numaNode number of the node, 0 to 1,023; by default, memory is near the thread that touches it first
         * @return this
         */
        public Builder numaNode(int numaNode) {
            if (numaNode < 0 || numaNode >= LinuxConstants.MAX_NODES) {
                throw new IllegalArgumentException(
                        "numaNode is " + numaNode + "; expected 0 to " + (LinuxConstants.MAX_NODES - 1));
            }
            this.numaNode = numaNode;
            return this;
        }

        /**
         * Puts an inaccessible page before and after the addresses of each cache, so that native code that runs past the
         * end of them stops the program in place of writing to foreign memory. Takes addresses and no memory, and two more
         * of the mappings that {@code vm.max_map_count} bounds.
         *
         * @param guardPages false by default
         * @return this
         */
        public Builder guardPages(boolean guardPages) {
            this.guardPages = guardPages;
            return this;
        }

        /**
         * Names the memory: {@code /proc/self/smaps} shows {@code [anon:name]}, if the kernel was built with {@code
         * CONFIG_ANON_VMA_NAME}. Reports and exceptions of the source show the name, too.
         *
         * @param name 1 to 79 printable ASCII characters without brackets, backslash, dollar sign and backtick; {@code
         *     slabcache} by default
         * @return this
         */
        public Builder name(String name) {
            Objects.requireNonNull(name, "name");
            if (name.length() > LONGEST_NAME || !name.matches(NAME)) {
                throw new IllegalArgumentException("name is '" + name + "'; expected 1 to " + LONGEST_NAME
                        + " printable ASCII characters without [ ] \\ $ `");
            }
            this.name = name;
            return this;
        }

        /**
         * Makes an exception of each refusal of an option.
         *
         * @param strict false by default: one line in the log
         * @return this
         */
        public Builder strict(boolean strict) {
            this.strict = strict;
            return this;
        }

        /**
         * Makes the source. Takes no memory; the options are tried when a cache asks for its first region.
         *
         * @return the source
         * @throws IllegalCallerException if the JVM denies native access; names the flag that grants it
         * @throws MemoryRefusedException if the source is strict, and this is not Linux on x86-64 or aarch64
         */
        public MappedMemory build() {
            MappedOptions options = new MappedOptions(pages, preTouch, lock, numaNode, guardPages, name, strict);
            Refusals refusals = new Refusals(name, strict);
            if (!LinuxConstants.areKnown()) {
                refusals.add(
                        Refusals.Option.SYSTEM,
                        "this is " + System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
                return new MappedMemory(options, MemorySource.arena());
            }
            return new MappedMemory(
                    options,
                    new MappedRegions(options, LinuxCalls.open(), new TransparentHuge(), new Overcommit(), refusals));
        }
    }
}
