package io.slabcache.bench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a demonstration: a program as users might write it. */
@Command(
        name = "demo",
        usageHelpAutoWidth = true,
        subcommands = {PacketsCommand.class, OrdersCommand.class, AeronCommand.class},
        description = "Run a demonstration: a program over the library and another one.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "demo needs the name of a demonstration, expected one of "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
