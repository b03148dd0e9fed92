/** The Totem ring: protocol core, wire codec, secure multi-link transport. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.totem;
