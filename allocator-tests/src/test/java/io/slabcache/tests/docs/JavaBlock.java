package io.slabcache.tests.docs;

import io.slabcache.tests.support.ChildJvm;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of Java in a Markdown document.
 *
 * @param fenceLine line of the document that opens the block, from 1
 * @param text between the fences
 */
record JavaBlock(int fenceLine, String text) implements Snippet {
    private static final String FENCE = "```";

    private static final Pattern WHOLE_UNIT = Pattern.compile("(?m)^(package |public )|static void main\\(");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ");

    /** The imports that the documents take for granted. */
    private static final String IMPORTS =
            "import java.util.*; import java.util.concurrent.*; import java.util.concurrent.atomic.*;"
                    + " import java.lang.foreign.*; import java.lang.invoke.*;"
                    + " import java.nio.*; import java.nio.channels.*; import java.nio.file.*;"
                    + " import io.slabcache.*; import io.slabcache.diagnostics.*; import io.slabcache.memory.*;"
                    + " import io.slabcache.nio.*; import io.slabcache.agrona.*; import org.agrona.concurrent.*;";

    static List<JavaBlock> in(String document) {
        List<JavaBlock> blocks = new ArrayList<>();
        List<String> lines = document.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int fence = i;
                do {
                    i++;
                } while (i < lines.size() && !lines.get(i).startsWith(FENCE));
                if (lines.get(fence).strip().equals(FENCE + "java")) {
                    blocks.add(new JavaBlock(fence + 1, String.join("\n", lines.subList(fence + 1, i))));
                }
            }
        }
        return blocks;
    }

    private boolean isWholeUnit() {
        return WHOLE_UNIT.matcher(text).find();
    }

    @Override
    public String toUnit() {
        if (isWholeUnit()) {
            return (PACKAGE.matcher(text).find() ? "" : IMPORTS) + "\n" + text;
        }
        return IMPORTS + text.lines().filter(JavaBlock::isImport).collect(Collectors.joining())
                + " public class Snippet { public static void main(String[] arguments) throws Throwable {\n"
                + text.lines().map(line -> isImport(line) ? "" : line).collect(Collectors.joining("\n")) + "\n}}";
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    @Override
    public String classPath() {
        List<String> all = new ArrayList<>(ChildJvm.libraries());
        all.addAll(ChildJvm.peers());
        return String.join(File.pathSeparator, all);
    }

    @Override
    public long documentLine(long unitLine) {
        return fenceLine + unitLine - 1;
    }
}
