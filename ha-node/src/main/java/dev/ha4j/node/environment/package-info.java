/**
 * The world as a node sees it. Open {@link dev.ha4j.node.environment.NodeEnvironment} first. For ha4j's own modules, not for
 * applications.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.node.environment;
