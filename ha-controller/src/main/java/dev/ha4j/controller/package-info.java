/** Replicated state, designated controller, transition engine and fencer. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller;
