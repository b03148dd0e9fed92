/** Fencing as this node takes part in it. Open {@link dev.ha4j.controller.fencing.FenceVerdict} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.fencing;
