package io.slabcache.arrow;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * The flag that Arrow needs to wrap its memory in {@link java.nio.ByteBuffer}s. Without it, vectors work, and the first
 * file or message that is written or read fails with an error that does not name the flag.
 */
final class ArrowFlag {
    private ArrowFlag() {}

    /** Throws an exception that names the flag if it is missing. */
    static void require() {
        try {
            MemoryUtil.directBuffer(0, 0);
        } catch (UnsupportedOperationException | LinkageError e) {
            // Older versions of Arrow fail in the initializer of the class, which then stays unusable.
            throw new UnsupportedOperationException(
                    "Arrow cannot make java.nio.ByteBuffers of its memory, so it can write and read no files or messages;"
                            + " start the JVM with --add-opens=java.base/java.nio=" + module(),
                    e);
        }
    }

    private static String module() {
        // Not of MemoryUtil, whose initializer may have failed.
        Module arrow = org.apache.arrow.memory.AllocationManager.class.getModule();
        return arrow.isNamed() ? arrow.getName() : "ALL-UNNAMED";
    }
}
