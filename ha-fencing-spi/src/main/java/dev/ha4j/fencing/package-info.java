/**
 * What a fence device has to offer. Open {@link dev.ha4j.fencing.FenceDevice} first; {@link dev.ha4j.fencing.FenceResult} has
 * the rule that carries the product.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing;
