/**
 * The judge: a process of its own that sees what the leaders do and nothing else. Open
 * {@link dev.ha4j.examples.demo.judge.Storage} first; it has the rules.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.demo.judge;
