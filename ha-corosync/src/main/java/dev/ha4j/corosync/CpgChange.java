package dev.ha4j.corosync;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change of a group's members, at the same place of the order for all of them.
 *
 * @param members after the change
 * @param joined with it
 * @param left with it
 */
public record CpgChange(
        SortedSet<CpgMember> members, SortedMap<CpgMember, CpgReason> joined, SortedMap<CpgMember, CpgReason> left) {

    public CpgChange {
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        joined = Collections.unmodifiableSortedMap(new TreeMap<>(joined));
        left = Collections.unmodifiableSortedMap(new TreeMap<>(left));
    }
}
