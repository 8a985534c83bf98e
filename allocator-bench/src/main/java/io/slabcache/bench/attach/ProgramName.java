package io.slabcache.bench.attach;

import com.sun.tools.attach.VirtualMachine;

/** The program that a JVM runs, as it shows itself to its user. */
public final class ProgramName {

    private ProgramName() {}

    /** Returns main class or jar with its arguments, or nothing if the JVM does not show it. */
    public static String of(long pid) {
        return VirtualMachine.list().stream()
                .filter(each -> each.id().equals(Long.toString(pid)))
                .map(each -> each.displayName())
                .findFirst()
                .orElse("");
    }
}
