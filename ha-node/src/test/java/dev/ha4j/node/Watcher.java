package dev.ha4j.node;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.Term;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told of a leadership. */
final class Watcher implements LeadershipListener {

    final List<Long> granted = new CopyOnWriteArrayList<>();
    final List<Long> revoked = new CopyOnWriteArrayList<>();
    private volatile Optional<Term> term = Optional.empty();

    @Override
    public void granted(Term newTerm) {
        granted.add(newTerm.token());
        term = Optional.of(newTerm);
    }

    @Override
    public void revoked(Term oldTerm) {
        revoked.add(oldTerm.token());
        term = Optional.empty();
    }

    boolean leads() {
        return term.filter(Term::isHeld).isPresent();
    }
}
