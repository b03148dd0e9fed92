package dev.ha4j.corosync.services;

import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgMember;

/** What the members of a local group hear, in the order of the ring. */
public interface CpgEvents {

    void changed(String group, CpgChange change);

    void message(String group, CpgMember sender, byte[] payload);

    /** The group is no longer joined here. */
    void closed(String group);
}
