package dev.ha4j.api.config;

/** What to do with a resource that is found active on more nodes than it may be ({@code multiple-active}). */
public enum MultipleActive {
    STOP_START,
    STOP_UNEXPECTED,
    STOP_ONLY,
    BLOCK
}
