package dev.ha4j.resources;

import java.util.Objects;

/**
 * Why a resource is not where it should be, and nothing can be done about it now.
 *
 * @param resource name
 * @param reason one sentence for people
 */
public record Blockage(String resource, String reason) {

    public Blockage {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(reason, "reason");
    }
}
