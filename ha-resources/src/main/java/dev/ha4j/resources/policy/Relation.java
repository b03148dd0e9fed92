package dev.ha4j.resources.policy;

/** That one action concerns another; what of it holds can be taken back. */
final class Relation {
    final Action first;
    final Action then;
    int flags;

    Relation(Action first, Action then, int flags) {
        this.first = first;
        this.then = then;
        this.flags = flags;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
