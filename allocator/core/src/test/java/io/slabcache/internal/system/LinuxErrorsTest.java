package io.slabcache.internal.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LinuxErrorsTest {
    @Test
    void aKnownErrorHasNameAndWords() {
        assertEquals("ENOMEM (not enough memory, or a limit is reached)", LinuxErrors.inWords(-12));
    }

    @Test
    void anUnknownErrorHasItsNumber() {
        assertEquals("error number 99", LinuxErrors.inWords(-99));
    }

    @Test
    void onlyNegativeResultsAreErrors() {
        assertTrue(LinuxErrors.EINVAL.is(-22));
        assertFalse(LinuxErrors.EINVAL.is(22));
    }
}
