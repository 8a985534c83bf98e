package io.slabcache.internal.slab;

/**
 * The arithmetic of objects in one range of addresses. Each has a number, in the order of their addresses. Slabs share no
 * page. Those of whole pages leave no number out; after others some numbers are not used.
 */
final class SpaceGeometry {
    /** For a cache without a bound. Takes no memory, and a two-thousandth of the addresses of a process. */
    private static final long USUAL_BYTES = 64L << 30;

    /** A reservation below this is not worth having, unless it holds a bounded cache. */
    private static final long LEAST_BYTES = 1L << 30;

    /** Even for a bounded cache. */
    private static final long MOST_BYTES = 1L << 44;

    /** Numbers are of type int. */
    private static final long MOST_NUMBERS = 1L << 31;

    /** For slabs that share no page, although they do not consist of whole pages. */
    private static final int SLACK_SLABS = 16;

    /** The smallest page of any system. */
    private static final long PAGE = 4096;

    private static final int LINE = 64;

    /** A slab is this part smaller than wanted, at most, so that it consists of units. */
    private static final int LARGEST_REST = 16;

    final SlabGeometry slabs;

    SpaceGeometry(SlabGeometry slabs) {
        this.slabs = slabs;
    }

    boolean isBounded() {
        return maxObjects() <= MOST_NUMBERS && maxObjects() <= MOST_BYTES / slabs.stride;
    }

    long maxObjects() {
        return slabs.maxObjects();
    }

    long alignment() {
        return slabs.regionAlignment();
    }

    /** How many bytes of addresses to reserve. */
    long bytes() {
        if (!isBounded()) {
            return Math.min(USUAL_BYTES, MOST_NUMBERS * slabs.stride);
        }
        return isExact() ? exactBytes() : Math.min(looseBytes(), MOST_BYTES);
    }

    /** How many bytes of addresses are enough. */
    long leastBytes() {
        return isBounded() ? bytes() : Math.min(LEAST_BYTES, bytes());
    }

    private long exactBytes() {
        return slabs.leadingGap + maxObjects() * slabs.stride;
    }

    /** Twice what slabs of the smallest size need, each with its own pages. */
    private long looseBytes() {
        long each = slabs.firstRegionBytes() + 2 * PAGE + LINE * slabs.stride;
        long count = maxObjects() / objectsIn(slabs.firstRegionBytes()) + SLACK_SLABS;
        return count > MOST_BYTES / each ? MOST_BYTES : 2 * count * each;
    }

    /** Whether slabs fill whole pages, or there is one only. */
    private boolean isExact() {
        int first = objectsIn(slabs.firstRegionBytes());
        return first >= maxObjects() || slabs.leadingGap == 0 && first >= objectsOfWholePages(PAGE);
    }

    /**
     * How many objects a unit has, of which slabs consist, a power of two: so the unit of an object is its number without
     * the low bits. 0 if slabs do not consist of whole pages, or there is only one.
     */
    int unit(long pageBytes) {
        int first = objectsIn(slabs.firstRegionBytes());
        int least = objectsOfWholePages(pageBytes);
        int unit = Integer.highestOneBit(first);
        while (unit > least && first % unit > first / LARGEST_REST) {
            unit /= 2;
        }
        boolean isSmall = unit >= least && first % unit <= first / LARGEST_REST;
        return slabs.leadingGap == 0 && !slabs.isWhole && isSmall ? unit : 0;
    }

    /** How many objects a reservation has numbers for. */
    long numbers(long bytes) {
        long most = Math.min((bytes - slabs.leadingGap) / slabs.stride, MOST_NUMBERS);
        return isBounded() && isExact() ? Math.min(most, maxObjects()) : most;
    }

    int objectsIn(long bytes) {
        return (int) ((bytes - slabs.leadingGap) / slabs.stride);
    }

    /** The fewest objects that fill whole pages. */
    int objectsOfWholePages(long pageBytes) {
        return (int) (pageBytes >>> Math.min(slabs.twos, Long.numberOfTrailingZeros(pageBytes)));
    }

    /** The first number whose slab may begin at an offset or later. Regions are aligned to cache lines. */
    long firstNumber(long offset, int unit) {
        long numbers = (offset + slabs.stride - 1) / slabs.stride;
        int aligned = Math.max(objectsOfWholePages(LINE), unit);
        return (numbers + aligned - 1) & -aligned;
    }

    /** How many objects fit between a number and the end of a run of free addresses, as far as there are numbers. */
    long fitting(long number, long end, long numbers) {
        return Math.min((end - number * slabs.stride - slabs.leadingGap) / slabs.stride, numbers - number);
    }
}
