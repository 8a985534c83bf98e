package io.slabcache.bench.page;

import io.slabcache.bench.report.RawResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of documents that are made from raw results. They stand between two comments, of which the first names the
 * file and says whether the table is that of the main set or has all that was measured.
 */
public final class Documents {

    private static final Pattern BLOCK =
            Pattern.compile("<!-- results: (\\S+) (main|all) -->\\R(.*?)<!-- /results -->", Pattern.DOTALL);

    private Documents() {}

    /**
     * Returns the table of a comparison.
     *
     * @param all that was measured, not only the main set
     * @throws IllegalArgumentException if the file has no results of a comparison
     */
    public static String table(Path json, boolean all) throws IOException {
        if (ReportFiles.read(json) instanceof RawResults results) {
            Markdown markdown = new Markdown(results);
            return all ? markdown.all() : markdown.main();
        }
        throw new IllegalArgumentException("'%s' has no results of a comparison.".formatted(json));
    }

    /**
     * Replaces the tables of a document by those of other results; returns how many there are.
     *
     * @throws IllegalArgumentException if the document has no place for a table
     */
    public static int update(Path document, Path json) throws IOException {
        String main = table(json, false);
        String all = table(json, true);
        String text = Files.readString(document);
        int blocks = (int) BLOCK.matcher(text).results().count();
        if (blocks == 0) {
            throw new IllegalArgumentException(
                    "'%s' has no line '<!-- results: FILE main -->' with '<!-- /results -->' after it."
                            .formatted(document));
        }
        Files.writeString(
                document, replaced(text, block -> block(json.getFileName().toString(), block.group(2), main, all)));
        return blocks;
    }

    /** Returns the document as it should be, if each table is made from the file that it names, in that folder. */
    static String expected(String text, Path folder) {
        return replaced(text, block -> {
            Path json = folder.resolve(block.group(1));
            try {
                return block(block.group(1), block.group(2), table(json, false), table(json, true));
            } catch (IOException e) {
                throw new IllegalArgumentException(json.toString(), e);
            }
        });
    }

    private static String replaced(String text, Function<MatchResult, String> replacement) {
        return BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(replacement.apply(block)));
    }

    private static String block(String file, String kind, String main, String all) {
        return "<!-- results: %s %s -->\n\n%s\n<!-- /results -->"
                .formatted(file, kind, kind.equals("all") ? all : main);
    }
}
