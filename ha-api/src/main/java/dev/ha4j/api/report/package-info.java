/** What a node knows of itself and its cluster, as immutable values. Open {@link dev.ha4j.api.report.NodeReport} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.api.report;
