package dev.ha4j.corosync;

/**
 * What went over one link to one node.
 *
 * @param packetsOut datagrams handed to the kernel
 * @param bytesOut their bytes, without UDP and IP headers
 * @param packetsIn datagrams from there, those included that were refused
 * @param bytesIn their bytes
 */
public record CorosyncTraffic(long packetsOut, long bytesOut, long packetsIn, long bytesIn) {}
