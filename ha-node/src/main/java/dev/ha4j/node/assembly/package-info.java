/**
 * One node, put together: ring, controller, resources and fence devices. Open {@link dev.ha4j.node.assembly.NodeAssembly}
 * first. For ha4j's own modules; applications use {@code dev.ha4j.node.HaNode}.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.node.assembly;
