package io.slabcache.agrona;

import org.agrona.UnsafeApi;

/** Whether Agrona may do what its buffers need. Asked first, because its classes stay broken once they fail. */
final class UnsafeAccess {
    private static final String NEEDED = "jdk.internal.misc";

    private UnsafeAccess() {}

    /** Throws {@link IllegalCallerException} if the flag is missing. */
    static void require() {
        Module agrona = UnsafeApi.class.getModule();
        if (!Object.class.getModule().isExported(NEEDED, agrona)) {
            throw new IllegalCallerException("Agrona's buffers use " + NEEDED + ", which java.base does not export to "
                    + agrona + "; expected a JVM started with --add-exports java.base/" + NEEDED + "="
                    + (agrona.isNamed() ? agrona.getName() : "ALL-UNNAMED"));
        }
    }
}
