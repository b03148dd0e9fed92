package dev.ha4j.api.report;

/**
 * What went over one link to one node since it was opened.
 *
 * @param packetsOut datagrams handed to the kernel
 * @param bytesOut their bytes, without UDP and IP headers
 * @param packetsIn authentic datagrams
 * @param bytesIn their bytes
 * @param refusals "port unreachable" answers; what they met was sent once more
 * @param errors datagrams that the kernel did not send for any other reason: no route, no buffer, a firewall of this host
 */
public record LinkTraffic(long packetsOut, long bytesOut, long packetsIn, long bytesIn, long refusals, long errors) {}
