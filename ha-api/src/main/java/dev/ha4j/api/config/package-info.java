/** What the user configures, as immutable values. Open {@link dev.ha4j.api.config.ClusterConfig} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.api.config;
