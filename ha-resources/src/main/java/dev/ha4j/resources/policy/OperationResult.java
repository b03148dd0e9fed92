package dev.ha4j.resources.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That an operation ended in a certain way on a node.
 *
 * @param resource the resource's name, with the instance number where people give it
 * @param task {@code start}, {@code stop}, {@code monitor}, ...
 * @param intervalMillis 0 for operations that don't recur
 * @param returnCode as agents give it: 0 for success, 7 for not running, ...
 */
public record OperationResult(String resource, String task, long intervalMillis, String node, int returnCode) {
    private static final Pattern SPECIFICATION =
            Pattern.compile("(.+?)_(migrate_to|migrate_from|[a-z-]+)_(\\d{1,15})@(.+)=(\\d{1,5})");

    /**
     * Reads {@code RESOURCE_TASK_INTERVAL@NODE=RC}, as in {@code db_monitor_10000@alpha=7}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static OperationResult parse(String text) {
        Matcher matcher = SPECIFICATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no operation: write RESOURCE_TASK_INTERVAL@NODE=RC, with the interval in milliseconds,"
                    + " as in db_monitor_10000@alpha=7");
        }
        return new OperationResult(
                matcher.group(1),
                matcher.group(2),
                Long.parseLong(matcher.group(3)),
                matcher.group(4),
                Integer.parseInt(matcher.group(5)));
    }

    boolean isOf(Plan.Step step) {
        boolean named =
                resource.equals(step.shownId()) || resource.equals(step.longId()) || resource.equals(step.resource());
        return named && task.equals(step.task()) && intervalMillis == step.intervalMillis() && node.equals(step.node());
    }

    @Override
    public String toString() {
        return resource + '_' + task + '_' + intervalMillis + '@' + node + '=' + returnCode;
    }
}
