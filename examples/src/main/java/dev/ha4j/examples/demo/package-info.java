/**
 * Failover before your eyes: the launcher of {@code bin/demo}. {@link dev.ha4j.examples.demo.Demo} runs scenarios; a {@code TestBed} is what one of them
 * runs on: three machines with a BMC each, and a judge. Each {@code Machine} is a JVM that runs
 * {@link dev.ha4j.examples.demo.node.NodeMain}.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.demo;
