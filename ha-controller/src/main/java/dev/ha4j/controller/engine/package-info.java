/** How a plan is carried out, action by action. Open {@link dev.ha4j.controller.engine.TransitionEngine} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.engine;
