package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Subject;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's malloc and free, called through the foreign function interface in its cheapest form: critical, so
 * without a thread state transition, and with addresses as {@code long}.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Malloc\.' -prof gc}
 */
@Subject(id = "malloc", group = Subject.Group.PEER, about = "malloc/free of the C library, critical FFM calls")
public class Malloc extends AddressRequests {

    private static final MethodHandle MALLOC =
            link("malloc", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE = link("free", FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));

    @Override
    protected void open() {}

    @Override
    protected long take() {
        try {
            return (long) MALLOC.invokeExact((long) objectSize);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected void give(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // the two functions and their descriptors match
    private static MethodHandle link(String function, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(function).orElseThrow(), descriptor, Linker.Option.critical(false));
    }
}
