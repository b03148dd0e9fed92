package dev.ha4j.corosync;

/** Hears of one group, on the node's delivery thread, in the order that all its members have. See {@link CorosyncListener} for how long. */
public interface CpgListener {

    /**
     * A message to the group, one's own included.
     *
     * @param payload not shared with anybody
     */
    void delivered(CpgMember sender, byte[] payload);

    /** The group's members changed; the first change says that the group is joined. */
    default void changed(CpgChange change) {}

    /** The group is left; nothing comes after this. */
    default void left() {}
}
