/** A simulated BMC, for tests of fencing by IPMI. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing.ipmi.testkit;
