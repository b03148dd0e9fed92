package dev.ha4j.cli;

import dev.ha4j.resources.policy.OperationResult;
import dev.ha4j.resources.policy.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is made up before a plan is made; applied in the order of these options. */
final class Events {
    @Option(
            names = {"-q", "--quorum"},
            arity = "1",
            paramLabel = "true|false",
            description = "Have quorum, or not.")
    private @Nullable Boolean quorum;

    @Option(
            names = {"-u", "--node-up"},
            paramLabel = "NODE",
            description = "The node is there.")
    private List<String> up = List.of();

    @Option(
            names = {"-d", "--node-down"},
            paramLabel = "NODE",
            description = "The node has left cleanly.")
    private List<String> down = List.of();

    @Option(
            names = {"-f", "--node-fail"},
            paramLabel = "NODE",
            description = "The node is not heard of any more.")
    private List<String> failed = List.of();

    @Option(names = "--node-standby", paramLabel = "NODE", description = "The node is to run nothing.")
    private List<String> standby = List.of();

    @Option(names = "--node-active", paramLabel = "NODE", description = "The node may run resources again.")
    private List<String> active = List.of();

    @Option(
            names = "--node-attribute",
            paramLabel = "NODE:NAME=VALUE",
            description = "The node has this attribute until it restarts.")
    private List<String> attributes = List.of();

    @Option(names = "--utilization", paramLabel = "NODE:NAME=VALUE", description = "The node can carry this much.")
    private List<String> capacities = List.of();

    @Option(
            names = {"-g", "--ticket-grant"},
            paramLabel = "TICKET",
            description = "The site gets the ticket.")
    private List<String> granted = List.of();

    @Option(
            names = {"-r", "--ticket-revoke"},
            paramLabel = "TICKET",
            description = "The site loses the ticket.")
    private List<String> revoked = List.of();

    @Option(
            names = {"-b", "--ticket-standby"},
            paramLabel = "TICKET",
            description = "The ticket is put on hold.")
    private List<String> onHold = List.of();

    @Option(
            names = {"-e", "--ticket-activate"},
            paramLabel = "TICKET",
            description = "The ticket counts again.")
    private List<String> activated = List.of();

    @Option(
            names = {"-i", "--op-inject"},
            paramLabel = "OPERATION",
            description = "This operation has ended so.")
    private List<String> injected = List.of();

    Simulation inject(Simulation start) throws QuestionException {
        try {
            return operations(tickets(nodes(quorum == null ? start : start.quorum(quorum))));
        } catch (IllegalArgumentException e) {
            throw new QuestionException(String.valueOf(e.getMessage()), e);
        }
    }

    private Simulation nodes(Simulation start) throws QuestionException {
        Simulation changed = start;
        for (String node : up) {
            changed = changed.nodeUp(node);
        }
        for (String node : down) {
            changed = changed.nodeDown(node);
        }
        for (String node : failed) {
            changed = changed.nodeFailed(node);
        }
        for (String node : standby) {
            changed = changed.standby(node, true);
        }
        for (String node : active) {
            changed = changed.standby(node, false);
        }
        for (String text : attributes) {
            Setting setting = Setting.parse("--node-attribute", text);
            changed = changed.attribute(setting.node(), setting.name(), setting.value());
        }
        for (String text : capacities) {
            Setting setting = Setting.parse("--utilization", text);
            changed = changed.capacity(setting.node(), setting.name(), setting.number("--utilization"));
        }
        return changed;
    }

    private Simulation tickets(Simulation start) {
        Simulation changed = start;
        for (String ticket : granted) {
            changed = changed.ticket(ticket, true);
        }
        for (String ticket : revoked) {
            changed = changed.ticket(ticket, false);
        }
        for (String ticket : onHold) {
            changed = changed.ticketStandby(ticket, true);
        }
        for (String ticket : activated) {
            changed = changed.ticketStandby(ticket, false);
        }
        return changed;
    }

    private Simulation operations(Simulation start) throws QuestionException {
        Simulation changed = start;
        for (OperationResult result : operations(injected)) {
            changed = changed.operation(result);
        }
        return changed;
    }

    static List<OperationResult> operations(List<String> texts) throws QuestionException {
        List<OperationResult> operations = new ArrayList<>();
        for (String text : texts) {
            try {
                operations.add(OperationResult.parse(text));
            } catch (IllegalArgumentException e) {
                throw new QuestionException(String.valueOf(e.getMessage()), e);
            }
        }
        return operations;
    }

    /** A value for a node. */
    private record Setting(String node, String name, String value) {

        static Setting parse(String option, String text) throws QuestionException {
            int colon = text.indexOf(':');
            int equals = text.indexOf('=', colon + 1);
            if (colon < 1 || equals < colon + 2) {
                throw new QuestionException(option + " " + text + ": write NODE:NAME=VALUE, as in alpha:memory=2048");
            }
            return new Setting(text.substring(0, colon), text.substring(colon + 1, equals), text.substring(equals + 1));
        }

        int number(String option) throws QuestionException {
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new QuestionException(option + ": " + value + " is no whole number", e);
            }
        }
    }
}
