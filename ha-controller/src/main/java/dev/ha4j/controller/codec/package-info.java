/**
 * How commands, messages and states become bytes. Every decoder is total: bytes give a value, or are malformed, or are of a
 * kind that this software does not know. Open {@link dev.ha4j.controller.codec.Codec} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.codec;
