/**
 * The ring alone in virtual time: its protocol, its packet security and its links as they ship, on a network that does to
 * datagrams whatever networks and attackers do. Open {@code RingRun} first: it runs a seed. {@code RingWorld} has the hosts,
 * {@code LinkNetwork} the paths between them, {@code Outsider} the attacks.
 */
@NullMarked
package dev.ha4j.testkit.ring;

import org.jspecify.annotations.NullMarked;
