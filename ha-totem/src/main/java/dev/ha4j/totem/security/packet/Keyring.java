package dev.ha4j.totem.security.packet;

import dev.ha4j.totem.security.ClusterKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The cluster's keys under which others may send. */
final class Keyring {

    private final Map<Integer, ClusterKey> keys = new TreeMap<>();

    Keyring(List<ClusterKey> keys) {
        change(keys);
    }

    void change(List<ClusterKey> accepted) {
        keys.clear();
        accepted.forEach(key -> keys.put(key.id(), key));
    }

    Optional<ClusterKey> find(int id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Keys that others could not send under any more. */
    SortedSet<Integer> missingIn(List<ClusterKey> accepted) {
        SortedSet<Integer> missing = ids();
        accepted.forEach(key -> missing.remove(key.id()));
        return missing;
    }

    SortedSet<Integer> ids() {
        return new TreeSet<>(keys.keySet());
    }
}
