/** Fence devices, requests and results. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing;
