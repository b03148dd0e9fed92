package dev.ha4j.corosync;

import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.corosync.KnetConfig.Link;
import dev.ha4j.corosync.KnetSecurity.Cipher;
import dev.ha4j.corosync.KnetSecurity.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What section {@code totem} says about knet. */
final class KnetConf {

    private static final String DEFAULT_KEY_FILE = "/etc/corosync/authkey";
    private static final String NONE = "none";

    private KnetConf() {}

    static KnetConfig read(ConfSection totem, int linkCount) throws IOException {
        String compression = totem.value("knet_compression_model").orElse(NONE);
        require(compression.equals(NONE), "knet_compression_model is " + compression + ": only none is supported");
        KnetConfig config = KnetConfig.of(linkCount, security(totem))
                .withLinks(links(totem, linkCount))
                .withPolicy(policy(totem.value("link_mode").orElse("passive")));
        return totem.number("netmtu").map(config::withFrameBytes).orElse(config);
    }

    private static LinkPolicy policy(String mode) {
        return switch (mode) {
            case "passive" -> LinkPolicy.PASSIVE;
            case "active" -> LinkPolicy.ACTIVE;
            case "rr" -> LinkPolicy.ROUND_ROBIN;
            default -> throw new IllegalArgumentException("link_mode has to be passive, active or rr, not " + mode);
        };
    }

    private static List<Link> links(ConfSection totem, int linkCount) {
        List<Link> links = new ArrayList<>();
        for (int number = 0; number < linkCount; number++) {
            links.add(link(section(totem, number), number));
        }
        return links;
    }

    private static ConfSection section(ConfSection totem, int number) {
        return totem.sections().stream()
                .filter(section -> section.name().equals("interface"))
                .filter(section -> section.number("linknumber").orElse(0) == number)
                .findFirst()
                .orElseGet(() -> new ConfSection("interface"));
    }

    private static Link link(ConfSection section, int number) {
        String transport = section.value("knet_transport").orElse("udp");
        require(transport.equals("udp"), "knet_transport is " + transport + ": only udp is supported");
        Link defaults = Link.numbered(number);
        return new Link(
                section.number("mcastport").orElse(defaults.port()),
                section.number("knet_link_priority").orElse(defaults.priority()),
                section.number("knet_pong_count").orElse(defaults.pongCount()),
                section.millis("knet_ping_interval"),
                section.millis("knet_ping_timeout"));
    }

    private static KnetSecurity security(ConfSection totem) throws IOException {
        boolean secure = totem.is("secauth");
        Cipher cipher = named("crypto_cipher", Cipher.values(), totem.value("crypto_cipher"), secure ? "aes256" : NONE);
        Hash hash = named("crypto_hash", Hash.values(), totem.value("crypto_hash"), secure ? "sha256" : NONE);
        return hash == Hash.NONE && cipher == Cipher.NONE
                ? KnetSecurity.NONE
                : new KnetSecurity(cipher, hash, key(totem));
    }

    private static <T extends Enum<T>> T named(String key, T[] values, Optional<String> text, String otherwise) {
        String name = text.orElse(otherwise);
        return Stream.of(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " is " + name + ": only "
                        + List.of(values).toString().toLowerCase(Locale.ROOT) + " are supported"));
    }

    private static KnetSecurity.Key key(ConfSection totem) throws IOException {
        Optional<String> inline = totem.value("key");
        if (totem.value("keyfile").isEmpty() && inline.isPresent()) {
            return KnetSecurity.Key.of(inline.get().getBytes(StandardCharsets.UTF_8));
        }
        return KnetSecurity.Key.file(Path.of(totem.value("keyfile").orElse(DEFAULT_KEY_FILE)));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
