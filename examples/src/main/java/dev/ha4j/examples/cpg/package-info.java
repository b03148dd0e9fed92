/** A JVM in a real Corosync ring: open {@link dev.ha4j.examples.cpg.CpgChat}. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.cpg;
