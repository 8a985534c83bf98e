package io.slabcache.tests.memory;

import io.slabcache.SlabCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program that {@link BurstTest} runs: takes a lot of memory, gives it back, and prints what is resident. */
final class Burst {
    static final Path STATUS = Path.of("/proc/self/status");

    private static final int OBJECT_BYTES = 4096;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private Burst() {}

    /** Prints MiB before, at the peak of and after each of two bursts of the given MiB. */
    public static void main(String[] arguments) throws IOException {
        long[] addresses = new long[Integer.parseInt(arguments[0]) * ((1 << 20) / OBJECT_BYTES)];
        try (SlabCache cache = SlabCache.builder("burst", OBJECT_BYTES).build()) {
            cache.freeAddress(cache.allocateAddress());
            for (int i = 0; i < 2; i++) {
                long before = residentMebibytes();
                if (!cache.allocateBulk(addresses, 0, addresses.length)) {
                    throw new IllegalStateException("an unbounded cache refused");
                }
                long peak = residentMebibytes();
                cache.freeBulk(addresses, 0, addresses.length);
                cache.flush();
                cache.shrink();
                System.out.println(before + " " + peak + " " + residentMebibytes());
            }
        }
    }

    private static long residentMebibytes() throws IOException {
        Matcher matcher = RESIDENT.matcher(Files.readString(STATUS));
        if (!matcher.find()) {
            throw new IllegalStateException("no VmRSS in " + STATUS);
        }
        return Long.parseLong(matcher.group(1)) / 1024;
    }
}
