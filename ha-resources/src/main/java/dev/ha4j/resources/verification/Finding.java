package dev.ha4j.resources.verification;

/**
 * Something that is wrong, or looks wrong, in a configuration.
 *
 * @param severity how bad it is
 * @param id of what it is about: a resource, a constraint, a node, a set of options; empty for the whole
 * @param problem what is wrong, in one sentence without its end
 * @param remedy what to do about it
 */
public record Finding(Severity severity, String id, String problem, String remedy) {

    /** How bad it is. */
    public enum Severity {
        /** Part of the configuration has no effect, or can't ever be as it says. */
        ERROR,
        /** It works, but hardly as it was meant, or not safely. */
        WARNING
    }

    @Override
    public String toString() {
        return severity + " " + id + ": " + problem + "; " + remedy;
    }
}
