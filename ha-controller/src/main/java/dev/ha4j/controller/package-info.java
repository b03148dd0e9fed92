/**
 * The brain of a node: replicated state, designated controller, transition engine and fencer, behind ports that the node
 * wires. Open {@link dev.ha4j.controller.Controller} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller;
