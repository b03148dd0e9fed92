package dev.ha4j.testkit.scenario;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.Term;
import java.util.function.Consumer;

/** Tells what it hears. */
record RecordingListener(Consumer<String> heard) implements LeadershipListener {

    @Override
    public void granted(Term term) {
        heard.accept("granted");
    }

    @Override
    public void revoked(Term term) {
        heard.accept("revoked");
    }
}
