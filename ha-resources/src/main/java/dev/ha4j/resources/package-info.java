/** The scheduler: a pure function from cluster state to transition. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.resources;
