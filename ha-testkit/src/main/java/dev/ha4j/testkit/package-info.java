/** Deterministic simulation of whole clusters in virtual time. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit;
