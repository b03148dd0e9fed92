/**
 * Bugs that the checkers have to find. Production code carries no switches for them: a class loader of their own changes one
 * rule while it loads the classes of a whole simulation. Open {@link dev.ha4j.testkit.planted.PlantedBug} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.planted;
