/**
 * Random clusters, given to our engine and to Pacemaker's {@code crm_simulate}; {@link dev.ha4j.conformance.random.RandomAgreement} is the
 * entry, {@link dev.ha4j.conformance.random.RandomCluster} makes one.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.conformance.random;
