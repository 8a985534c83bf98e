package io.slabcache.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the Javadoc compiles. */
class JavadocExampleTest {
    private static final String BEGIN = "<pre>{@code\n";
    private static final String END = " * }</pre>";

    private static String example() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/slabcache/arrow/SlabAllocationManager.java"));
        int begin = source.indexOf(BEGIN) + BEGIN.length();
        return source.substring(begin, source.indexOf(END, begin))
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> errorsOf(String example, Path folder) {
        String unit = "import io.slabcache.*; import io.slabcache.arrow.*; import org.apache.arrow.memory.*;"
                + " class Example { void example() throws Exception {\n" + example + "\n}}";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("memory:/Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return unit;
            }
        };
        boolean compiled = compiler.getTask(
                        null,
                        null,
                        found,
                        List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();
        return compiled
                ? List.of()
                : found.getDiagnostics().stream()
                        .map(each -> each.getMessage(null))
                        .toList();
    }

    @Test
    void theExampleCompiles(@TempDir Path folder) throws IOException {
        assertEquals(List.of(), errorsOf(example(), folder));
    }

    @Test
    void anExampleWithAnErrorIsFound(@TempDir Path folder) throws IOException {
        assertFalse(errorsOf(example().replace("factory(", "fabric("), folder).isEmpty());
    }
}
