/**
 * The brain of a node: replicated state, designated controller, transition engine and fencer, behind ports that the node
 * wires. Open {@link dev.ha4j.controller.Controller} first.
 *
 * <p>A new ring goes through {@code Membership} (exchange of states, epoch); what is delivered in it goes to {@code Replica}
 * (apply, log, acknowledge); {@code Conductor} plans and orders, if this node is the designated controller; {@code
 * LocalOperations}, {@code LocalFencing} and {@code Terms} do what this node was ordered.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller;
