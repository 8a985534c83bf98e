package io.slabcache.tests.misuse;

import io.slabcache.diagnostics.InvalidFreeException.Kind;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A free of a number that is no address is refused. The cache looks the number up and never dereferences it. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.misuse.MisuseContract$Setting#withAddresses")
class InvalidAddressTest extends MisuseContract {
    @ParameterizedTest
    @ValueSource(longs = {1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void anAddressThatNoMemoryHas(long address) {
        assertSays(refused(Kind.FOREIGN, MemorySegment.ofAddress(address)), hex(address));
    }
}
