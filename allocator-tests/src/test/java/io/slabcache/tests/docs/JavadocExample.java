package io.slabcache.tests.docs;

import io.slabcache.tests.support.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An example in a Javadoc comment. It may use the members of {@link Surroundings}.
 *
 * @param preLine line of the source file that opens the example, from 1
 * @param text of the example
 */
record JavadocExample(int preLine, String text) implements Snippet {
    private static final String BEGIN = "<pre>{@code";
    private static final String END = "}</pre>";
    private static final Pattern MARGIN = Pattern.compile("^\\s*\\* ?");

    /** An example of this kind declares types or methods; others are statements. */
    private static final Pattern DECLARATION = Pattern.compile("\\A\\s*(@|void |class )");

    private static final String HEADER =
            "import java.util.*; import java.util.concurrent.*; import java.lang.foreign.*; import java.nio.*;"
                    + " import java.nio.channels.*; import java.nio.file.*; import io.slabcache.nio.*;"
                    + " import io.netty.buffer.*; import io.slabcache.netty.*; import io.slabcache.agrona.*; import org.agrona.concurrent.*;"
                    + " import javax.management.*;"
                    + " import io.slabcache.*;"
                    + " import io.slabcache.audit.*; import io.slabcache.diagnostics.*; import io.slabcache.junit.*;"
                    + " import io.slabcache.memory.*; abstract class Example extends io.slabcache.tests.docs.Surroundings {";

    static List<JavadocExample> in(String source) {
        List<JavadocExample> examples = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().endsWith(BEGIN)) {
                int first = i + 1;
                do {
                    i++;
                } while (i < lines.size() && !lines.get(i).contains(END));
                String text = lines.subList(first, i).stream()
                        .map(line -> MARGIN.matcher(line).replaceFirst(""))
                        .collect(Collectors.joining("\n"));
                examples.add(new JavadocExample(first, text));
            }
        }
        return examples;
    }

    @Override
    public String toUnit() {
        String code = text.replace("{ ... }", "{ }");
        return DECLARATION.matcher(code).find()
                ? HEADER + "\n" + code + "\n}"
                : HEADER + " void example() throws Throwable {\n" + code + "\n}}";
    }

    @Override
    public String classPath() {
        return ChildJvm.librariesAndTests();
    }

    @Override
    public long documentLine(long unitLine) {
        return preLine + unitLine - 1;
    }
}
