/**
 * Finds what is wrong with a configuration before a cluster does; {@link dev.ha4j.resources.verification.Verification} is the
 * entry. Each class looks at one kind of mistake, and none changes anything.
 */
package dev.ha4j.resources.verification;
