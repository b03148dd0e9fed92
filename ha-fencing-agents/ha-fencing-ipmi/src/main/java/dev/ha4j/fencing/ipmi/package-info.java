/**
 * Fencing by IPMI 2.0 (RMCP+, "lanplus"), in pure Java.
 *
 * <p>The main path: {@link dev.ha4j.fencing.ipmi.IpmiFenceDevice#off} makes a {@code PowerChange}; its {@code Connector}
 * opens a {@code BmcSession} by a {@code SessionHandshake} over a {@code UdpExchange}; the change identifies the machine,
 * looks, orders and looks twice. The bytes are made and read in {@code dev.ha4j.fencing.ipmi.wire}.
 *
 * <p>RAKP shows a hash of the password to anybody who knows a user name and can reach the BMC (CVE-2013-4786). Keep BMCs on a
 * network of their own and their passwords long and random.
 *
 * <p>Open {@link dev.ha4j.fencing.ipmi.Ipmi} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.fencing.ipmi;
