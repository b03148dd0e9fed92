package dev.ha4j.testkit.scenario;

/** A scenario went wrong: a checker found something, or the test asked for what was not there. */
public final class ScenarioFailure extends AssertionError {

    private static final long serialVersionUID = 1;

    ScenarioFailure(String what, String story) {
        super(what + story);
    }
}
