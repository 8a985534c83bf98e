package io.slabcache.bench.cli;

import io.slabcache.bench.run.MachineBusyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints one line for what may go wrong without a fault in this program; all else keeps its stack. */
final class RunErrors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) throws Exception {
        String problem = switch (e) {
            case MachineBusyException busy -> busy.getMessage();
            case RunnerException refusal -> MachineBusyException.inOurWords(refusal.getMessage());
            case UncheckedIOException unchecked -> inWords(unchecked.getCause());
            case IOException checked -> inWords(checked);
            default -> throw e;
        };
        commandLine.getErr().println("allocator-bench: " + problem);
        commandLine.getErr().flush();
        return e instanceof MachineBusyException ? ExitCode.BUSY : ExitCode.FAILED;
    }

    /** The message of such an exception is often no more than the name of a file. */
    private static String inWords(IOException e) {
        return e instanceof FileSystemException file
                ? "cannot write or read '%s': %s"
                        .formatted(
                                file.getFile(),
                                file.getReason() == null ? e.getClass().getSimpleName() : file.getReason())
                : e.toString();
    }
}
