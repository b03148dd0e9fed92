/**
 * The kit that every fence device has to pass. Extend {@link dev.ha4j.fencing.kit.FenceDeviceKit} in a test and give it a
 * {@link dev.ha4j.fencing.kit.FenceRig}: the device, wired to something that can be switched and can misbehave. The kit needs
 * JUnit Jupiter, which only tests have.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing.kit;
