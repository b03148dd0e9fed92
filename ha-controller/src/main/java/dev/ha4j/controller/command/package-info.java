/**
 * The commands that change the replicated state, and the pure function that applies them. Open
 * {@link dev.ha4j.controller.command.StateMachine} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.command;
