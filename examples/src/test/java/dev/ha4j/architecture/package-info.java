/**
 * The rules of the house, as tests.
 *
 * <p>They live in {@code examples} because all other modules are built before it. Open {@link
 * dev.ha4j.architecture.Codebase} for what is looked at, then the three test classes for the rules.
 */
package dev.ha4j.architecture;
