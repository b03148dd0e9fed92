/**
 * Plans for a running cluster. {@link dev.ha4j.resources.Scheduler#plan} turns the replicated state into a {@link
 * dev.ha4j.resources.Transition}: a graph of actions that leads from where resources are to where they should be. It translates,
 * lets {@link dev.ha4j.resources.policy.PolicyEngine} decide, and translates back; open it first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.resources;
