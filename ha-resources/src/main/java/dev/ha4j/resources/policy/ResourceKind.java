package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which agent runs a resource. */
record ResourceKind(
        @Nullable String standard,
        @Nullable String provider,
        @Nullable String type) {

    static ResourceKind of(Map<String, String> attributes) {
        return new ResourceKind(attributes.get("class"), attributes.get("provider"), attributes.get("type"));
    }

    /** Whether this agent did what was recorded. */
    boolean did(ResourceHistory history) {
        return history.isOfAgent(standard, provider, type);
    }

    boolean isFenceDevice() {
        return "stonith".equalsIgnoreCase(standard);
    }

    boolean isRemoteConnection() {
        return "remote".equals(type) && "pacemaker".equals(provider) && "ocf".equalsIgnoreCase(standard);
    }

    boolean mayBeUnique() {
        return "ocf".equalsIgnoreCase(standard) || isFenceDevice();
    }

    boolean mayBePromotable() {
        return "ocf".equalsIgnoreCase(standard);
    }
}
