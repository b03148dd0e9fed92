package dev.ha4j.qnetd.wire;

/**
 * A node in a list.
 *
 * @param id number
 * @param state 1 member, 2 dead, 3 leaving; 0 if none is given
 */
public record NodeEntry(long id, int state) {

    public static final int MEMBER = 1;

    /** A node of which no state is told. */
    public static NodeEntry of(long id) {
        return new NodeEntry(id, 0);
    }

    public static NodeEntry member(long id) {
        return new NodeEntry(id, MEMBER);
    }
}
