/** A site with rules: sets, room, health, a ticket, times and parameters. Open {@link dev.ha4j.examples.rules.SiteConfig}. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples.rules;
