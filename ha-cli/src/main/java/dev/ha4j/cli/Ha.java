package dev.ha4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What people ask about a configuration, on the command line. */
@Command(
        name = "ha",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Simulates, verifies and explains cluster configurations (CIB XML).",
        subcommands = {Simulate.class, Verify.class, Why.class})
public final class Ha {

    private Ha() {}

    /** Runs the command and ends the JVM: 0 for success, 1 for an answer that is bad news, 2 for a question that is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Ha()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof QuestionException) {
                command.getErr().println(failure.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            throw failure;
        });
    }
}
