package io.slabcache.tests.misuse;

import io.slabcache.diagnostics.InvalidFreeException.Kind;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are no address: looked up, never dereferenced. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.misuse.MisuseContract$Setting#withAddresses")
class InvalidAddressTest extends MisuseContract {
    @ParameterizedTest
    @ValueSource(longs = {1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void anAddressThatNoMemoryHas(long address) {
        assertSays(refused(Kind.FOREIGN, MemorySegment.ofAddress(address)), hex(address));
    }
}
