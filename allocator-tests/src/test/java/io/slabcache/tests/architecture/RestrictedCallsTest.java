package io.slabcache.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.tests.support.Project;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Restricted methods of the JDK are called in two classes only: one for leases, one for mapped memory. */
class RestrictedCallsTest {
    private static final Set<String> ALLOWED =
            Set.of("io.slabcache.internal.cache.NativeAccess", "io.slabcache.internal.system.LinuxCalls");

    /** A class stands two spaces from the margin, the methods below it further in. */
    private static final Pattern CLASS = Pattern.compile("^ {2}([\\w.$]+):$", Pattern.MULTILINE);

    private static Set<String> classesThatCallThem(Path classes) {
        ToolProvider tool = ToolProvider.findFirst("jnativescan").orElse(null);
        assumeTrue(tool != null, "jnativescan came with JDK 24");
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        tool.run(writer, writer, "--class-path", classes.toString());
        Set<String> found = new TreeSet<>();
        Matcher matcher = CLASS.matcher(output.toString());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void twoClassesCallThem() {
        assertEquals(ALLOWED, classesThatCallThem(Project.file("allocator/core/target/classes")));
    }

    @Test
    void noOtherArtifactCallsThem() {
        assertEquals(Set.of(), classesThatCallThem(Project.file("allocator/junit/target/classes")));
    }

    @Test
    void anotherClassIsFound() {
        Set<String> found = classesThatCallThem(Project.file("allocator-tests/target/test-classes"));
        assertTrue(found.contains("io.slabcache.tests.sources.NativeCall"), found::toString);
    }
}
