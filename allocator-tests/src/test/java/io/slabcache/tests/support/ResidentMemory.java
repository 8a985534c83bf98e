package io.slabcache.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resident memory of this process. Linux only. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private ResidentMemory() {}

    /** Returns whether the operating system reports it. */
    public static boolean isKnown() {
        return Files.isReadable(STATUS);
    }

    /** Returns the MiB now. */
    public static long mebibytes() throws IOException {
        Matcher matcher = RESIDENT.matcher(Files.readString(STATUS));
        if (!matcher.find()) {
            throw new IllegalStateException("no VmRSS in " + STATUS);
        }
        return Long.parseLong(matcher.group(1)) / 1024;
    }
}
