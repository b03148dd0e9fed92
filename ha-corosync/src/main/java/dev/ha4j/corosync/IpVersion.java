package dev.ha4j.corosync;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Which of a host's addresses counts ({@code ip_version}): the first of the first family that it has. */
enum IpVersion {
    IPV4("ipv4", List.of(Inet4Address.class)),
    IPV6("ipv6", List.of(Inet6Address.class)),
    IPV4_FIRST("ipv4-6", List.of(Inet4Address.class, Inet6Address.class)),
    IPV6_FIRST("ipv6-4", List.of(Inet6Address.class, Inet4Address.class));

    private final String label;
    private final List<Class<? extends InetAddress>> families;

    IpVersion(String label, List<Class<? extends InetAddress>> families) {
        this.label = label;
        this.families = families;
    }

    static IpVersion read(ConfSection totem) {
        String wanted = totem.value("ip_version").orElse(IPV6_FIRST.label);
        return Stream.of(values())
                .filter(version -> version.label.equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "ip_version has to be ipv4, ipv6, ipv4-6 or ipv6-4, not " + wanted));
    }

    /**
     * Looks the host up, which may block.
     *
     * @throws UnknownHostException if it has no address of these families
     */
    InetAddress resolve(String host) throws UnknownHostException {
        return choose(host, List.of(InetAddress.getAllByName(host)));
    }

    InetAddress choose(String host, List<InetAddress> addresses) throws UnknownHostException {
        return families.stream()
                .flatMap(family -> addresses.stream().filter(family::isInstance))
                .findFirst()
                .orElseThrow(() -> new UnknownHostException(
                        host + " has no address for ip_version " + label + ", but only " + addresses));
    }
}
