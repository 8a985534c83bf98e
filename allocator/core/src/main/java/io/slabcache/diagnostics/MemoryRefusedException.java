package io.slabcache.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a memory source if the system refuses what the source needs, or what it was strictly asked for: a file that
 * cannot be written to, a full disk, huge pages that are not there. The message says what was asked, why it was
 * refused, and how to allow it. The call has no other effect, and the cache stays usable.
 *
 * <pre>{@code
 * MappedMemory.builder().pages(Pages.HUGE_2M).strict(true).build();   // a cache on it throws if there are no such pages
 * }</pre>
 */
public final class MemoryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception for a refusal.
     *
     * @param message what was asked, why it was refused, and how to allow it
     * @param cause the exception of the JDK, or {@code null}
     */
    public MemoryRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
