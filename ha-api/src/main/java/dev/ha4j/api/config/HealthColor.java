package dev.ha4j.api.config;

import java.util.Locale;

/** How well something is that a node depends on; what it means for resources is said by {@link HealthOptions}. */
public enum HealthColor {
    GREEN,
    YELLOW,
    RED;

    /** As the value of an attribute. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
