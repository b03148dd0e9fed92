/** Fencing by IPMI 2.0. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing.ipmi;
