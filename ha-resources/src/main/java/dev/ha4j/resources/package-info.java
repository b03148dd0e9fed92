/**
 * The scheduler. {@link dev.ha4j.resources.Scheduler#plan} turns the replicated state into a {@link
 * dev.ha4j.resources.Transition}: a graph of actions that leads from where resources are to where they should be. It reads as
 * the list of its phases; open it first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.resources;
