/**
 * Runs recorded cases of the reference scheduler through ours and counts where the two agree; {@link
 * dev.ha4j.conformance.Conformance} is the command.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.conformance;
