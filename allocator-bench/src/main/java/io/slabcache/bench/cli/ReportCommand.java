package io.slabcache.bench.cli;

import io.slabcache.bench.page.Documents;
import io.slabcache.bench.page.ReportFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the page of raw results again, or the tables of documents. */
@Command(
        name = "report",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Make the page and the CSV file of raw results again, beside them; of compare, latency or memory. Or make "
                        + "tables for documents, of compare.")
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.json", description = "What an earlier run wrote.")
    private Path file;

    @Option(names = "--markdown", description = "Print a table of the main set, and then one for each workload.")
    private boolean markdown;

    @Option(
            names = "--into",
            paramLabel = "DOCUMENT",
            description =
                    "Replace the tables of this document: what is between '<!-- results: FILE main -->', or 'all' "
                            + "in place of 'main', and '<!-- /results -->'. May be repeated.")
    private List<Path> documents = new ArrayList<>();

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException {
        requireFile(file, "the raw results of a run");
        for (Path document : documents) {
            requireFile(document, "a document with a place for a table");
        }
        try {
            write(spec.commandLine().getOut());
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void write(PrintWriter out) throws IOException {
        if (markdown) {
            out.println(Documents.table(file, false));
            out.print(Documents.table(file, true));
        }
        for (Path document : documents) {
            out.printf("%s: %d tables%n", document, Documents.update(document, file));
        }
        if (!markdown && documents.isEmpty()) {
            out.println(ReportFiles.write(file));
        }
        out.flush();
    }

    private void requireFile(Path path, String expected) {
        if (!Files.isRegularFile(path)) {
            throw new ParameterException(
                    spec.commandLine(), "'%s' is not a file, expected %s.".formatted(path, expected));
        }
    }
}
