package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Resources that are placed together ({@code resource_set} in {@code rsc_colocation}). For static import.
 *
 * @param resources their names
 * @param role the role that this is about; empty for any
 * @param sequential whether each is placed by the one before it
 */
public record ColocationSet(List<String> resources, Optional<Role> role, boolean sequential) {

    public ColocationSet {
        resources = List.copyOf(resources);
        Objects.requireNonNull(role, "role");
    }

    /** Each where the one before it is: if one can't run, those behind it can't either. */
    public static ColocationSet chain(String... resources) {
        return new ColocationSet(List.of(resources), Optional.empty(), true);
    }

    /** Each for itself: none needs another of them. */
    public static ColocationSet each(String... resources) {
        return new ColocationSet(List.of(resources), Optional.empty(), false);
    }

    public ColocationSet inRole(Role newRole) {
        return new ColocationSet(resources, Optional.of(newRole), sequential);
    }
}
