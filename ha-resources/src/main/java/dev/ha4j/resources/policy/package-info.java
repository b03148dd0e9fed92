/**
 * The policy engine: decides what to do from a configuration and what was observed, exactly as Pacemaker does. {@link
 * dev.ha4j.resources.policy.PolicyEngine} is the entry and reads as the list of phases. A comment that begins with "Q:" names
 * a quirk of the reference that has to be kept.
 */
package dev.ha4j.resources.policy;
