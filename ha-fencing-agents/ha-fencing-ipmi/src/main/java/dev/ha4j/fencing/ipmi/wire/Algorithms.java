package dev.ha4j.fencing.ipmi.wire;

/**
 * The three algorithm numbers that an Open Session message proposes or grants (IPMI 2.0, tables 13-17 to 13-19).
 *
 * @param authentication RAKP algorithm
 * @param integrity algorithm of the packet's authentication code
 * @param confidentiality encryption algorithm
 */
public record Algorithms(int authentication, int integrity, int confidentiality) {}
