package io.slabcache.internal.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The setting of the system for memory that is promised and not there. Read each time, as an administrator may change it. */
public final class Overcommit {
    private static final String REFUSED = "2";

    private final Path setting;

    /** The setting of this system. */
    public Overcommit() {
        this(Path.of("/proc/sys/vm/overcommit_memory"));
    }

    /**
     * The setting in another file, for tests.
     *
     * @param setting the file of the kernel
     */
    public Overcommit(Path setting) {
        this.setting = setting;
    }

    /** {@return whether the system counts all writable addresses of programs against its memory} */
    public boolean isRefused() {
        try {
            return Files.readString(setting).strip().equals(REFUSED);
        } catch (IOException e) {
            return false;
        }
    }
}
