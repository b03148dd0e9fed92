package dev.ha4j.corosync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorosyncConfTest {

    private static final String CONF = """
            # a comment
            totem {
                version: 2
                transport: udpu
                crypto_cipher: none
                token: 2000
                interface {
                    ringnumber: 0
                    mcastport: 5425
                }
            }
            nodelist {
                node {
                    name: alpha
                    nodeid: 1
                    ring0_addr: 10.0.0.1
                }
                node {
                    ring0_addr: 10.0.0.2
                    nodeid: 2
                    quorum_votes: 3
                }
                node {
                    nodeid: 7
                    ring0_addr: 10.0.0.7
                }
            }
            quorum {
                provider: corosync_votequorum
                wait_for_all: 1
                expected_votes: 5
            }
            """;

    private static CorosyncConfig parse(String conf, int self) throws IOException {
        return CorosyncConf.parse(conf.lines().toList(), self);
    }

    @Test
    void readsWhatMatters() throws IOException {
        CorosyncConfig config = parse(CONF, 7);
        assertThat(config.self()).isEqualTo(NodeId.of(7));
        assertThat(config.address().getHostAddress()).isEqualTo("10.0.0.7");
        assertThat(config.nodes().get(NodeId.of(1)).name()).isEqualTo("alpha");
        assertThat(config.nodes().get(NodeId.of(2)).votes()).isEqualTo(3);
        assertThat(config.port()).isEqualTo(5425);
        assertThat(config.quorum().waitForAll()).isTrue();
        assertThat(config.quorum().expectedVotes()).hasValue(5);
    }

    /** corosync's {@code token: 2000} means more with three nodes. */
    @Test
    void addsTheCoefficient() throws IOException {
        assertThat(parse(CONF, 1).effectiveToken()).isEqualTo(Duration.ofMillis(2_650));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            transport: udpu     | transport: udp            | only knet and udpu
            crypto_cipher: none | crypto_cipher: aes256     | crypto_cipher is aes256
            token: 2000         | token: 4294967295         | token has to be a number from 0 to 2147483647
            token: 2000         | ip_version: ipv5          | ip_version has to be ipv4, ipv6, ipv4-6 or ipv6-4
            token: 2000         | heartbeat_failures_allowed: 3 | heartbeat_failures_allowed is not supported
            token: 2000         | join: 20                  | join has to be at least 30 ms, not 20 ms
            token: 2000         | join: 20; merge: 29       | join has to be at least 30 ms, not 20 ms; merge has to be at least 30 ms, not 29 ms
            token: 2000         | hold: 13                  | hold has to be at least 14 ms, not 13 ms
            token: 2000         | hold: 3650                | an idle token is held for 3650 ms, and lost after 3650 ms
            token: 2000         | window_size: 8193         | windowMessages has to be 1 to 8192, not 8193
            token: 2000         | token_retransmits_before_loss_const: 122 | leave less than 30 ms for each
            token: 2000         | consensus: 49             | consensus of 49 ms is over before the first join
            token: 2000         | token: soon               | token has to be a number from 0 to 2147483647, not soon
            wait_for_all: 1     | auto_tie_breaker: 1       | auto_tie_breaker is not supported
            nodeid: 2           | name: beta                | node 10.0.0.2 has no nodeid
            nodeid: 2           | nodeid: 1                 | two nodes have nodeid 1: alpha and 10.0.0.2
            nodeid: 7           | nodeid: 8                 | node 7 is not among the nodes
            version: 2          | version                   | is no key and value
            version: 2          | }                         | without an open section
            version: 2          | more {                    | has no closing brace
            10.0.0.2            | 10.0.0.1                  | two nodes have the same address
            """)
    void namesWhatToChange(String is, String instead, String reason) {
        assertThatThrownBy(() -> parse(CONF.replace(is, instead.replace("; ", "\n")), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    /** What {@code corosync-cmapctl} shows under {@code runtime.config.totem}, with the same settings. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            token: 1000,                                                                 238, 180, 1200
            token: 1000; token_retransmit: 100,                                          100,  70, 1200
            token: 1000; token_retransmits_before_loss_const: 10,                         98,  68, 1200
            token: 1000; token_retransmits_before_loss_const: 10; token_retransmit: 100, 100,  70, 1200
            token: 0; hold: 0; consensus: 0,                                             714, 561, 3600
            token: 5000; consensus: 5500; token_retransmits_before_loss_const: 10,       490, 382, 5500
            """)
    void timersThatAreNotSetFollowFromOthers(String settings, int retransmit, int hold, int consensus)
            throws IOException {
        String two = CONF.replaceFirst("node \\{\\s+nodeid: 7\\s+ring0_addr: 10.0.0.7\\s+}", "");
        CorosyncConfig config = parse(two.replace("token: 2000", settings.replace("; ", "\n")), 1);
        assertThat(config.effectiveTokenRetransmit()).hasMillis(retransmit);
        assertThat(config.effectiveHold()).hasMillis(hold);
        assertThat(config.effectiveConsensus()).hasMillis(consensus);
    }

    @Test
    void readsTimersAndLimits() throws IOException {
        TotemConfig totem = parse(CONF.replace("token: 2000", """
                        token_retransmits_before_loss_const: 10
                        join: 60
                        merge: 300
                        window_size: 300
                        max_messages: 20
                        miss_count_const: 6
                        seqno_unchanged_const: 40
                        fail_recv_const: 3000
                        cancel_token_hold_on_retransmit: yes
                        """), 1).totem();
        assertThat(totem)
                .isEqualTo(TotemConfig.builder()
                        .retransmitsBeforeLoss(10)
                        .join(Duration.ofMillis(60))
                        .merge(Duration.ofMillis(300))
                        .windowMessages(300)
                        .messagesPerVisit(20)
                        .visitsBeforeRequest(6)
                        .idleRotations(40)
                        .failToReceiveRotations(3_000)
                        .requestsPreventHold(true)
                        .build());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ipv4,   10.0.0.1
            ipv6,   2001:db8:0:0:0:0:0:1
            ipv4-6, 10.0.0.1
            ipv6-4, 2001:db8:0:0:0:0:0:1
                  , 2001:db8:0:0:0:0:0:1
            """)
    void theFirstAddressOfTheWantedFamilyCounts(String version, String address) throws IOException {
        ConfSection totem = new ConfSection("totem");
        Optional.ofNullable(version).ifPresent(value -> totem.values().put("ip_version", value));
        List<InetAddress> all = new ArrayList<>();
        for (String each : List.of("10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2")) {
            all.add(InetAddress.getByName(each));
        }
        assertThat(IpVersion.read(totem).choose("alpha", all).getHostAddress()).isEqualTo(address);
    }

    @Test
    void refusesAHostWithoutAnAddressOfTheWantedFamily() {
        assertThatThrownBy(() -> parse(CONF.replace("token: 2000", "ip_version: ipv6"), 1))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("10.0.0.1 has no address for ip_version ipv6");
    }

    @Test
    void refusesAQuorumDevice() {
        String device = CONF.replace("wait_for_all: 1", "device {\nmodel: net\n}");
        assertThatThrownBy(() -> CorosyncConf.parse(List.of(device.split("\n", -1)), 7))
                .hasMessageContaining("quorum device");
    }

    private static final String KNET = """
            totem {
                version: 2
                crypto_cipher: aes256
                crypto_hash: sha256
                key: %s
                link_mode: active
                interface {
                    linknumber: 1
                    mcastport: 5500
                    knet_link_priority: 7
                    knet_pong_count: 3
                }
            }
            nodelist {
                node {
                    nodeid: 1
                    ring0_addr: 10.0.0.1
                    ring1_addr: 10.0.1.1
                }
                node {
                    nodeid: 2
                    ring0_addr: 10.0.0.2
                    ring1_addr: 10.0.1.2
                }
            }
            """.formatted("k".repeat(128));

    @Test
    void readsKnetWhichIsTheDefault() throws IOException {
        CorosyncConfig config = parse(KNET, 2);
        KnetConfig knet = config.knet().orElseThrow();
        assertThat(knet.security().cipher()).isEqualTo(KnetSecurity.Cipher.AES256);
        assertThat(knet.security().hash()).isEqualTo(KnetSecurity.Hash.SHA256);
        assertThat(knet.security().key().bytes()).hasSize(128);
        assertThat(knet.policy()).isEqualTo(LinkPolicy.ACTIVE);
        assertThat(knet.links()).extracting(KnetConfig.Link::port).containsExactly(5405, 5500);
        assertThat(knet.links().get(1).priority()).isEqualTo(7);
        assertThat(knet.links().get(1).pongCount()).isEqualTo(3);
        assertThat(config.addresses()).extracting(InetAddress::getHostAddress).containsExactly("10.0.0.2", "10.0.1.2");
    }

    @Test
    void readsTheKeyFromItsFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("authkey"), new byte[256]);
        String conf = KNET.replaceFirst("key: k+", "keyfile: " + file).replace("crypto_cipher: aes256", "secauth: on");
        KnetSecurity security = parse(conf, 1).knet().orElseThrow().security();
        assertThat(security.key().bytes()).hasSize(256);
        assertThat(security.cipher()).isEqualTo(KnetSecurity.Cipher.AES256);
        assertThat(security.toString()).contains("256 secret bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            crypto_hash: sha256  | crypto_hash: none            | crypto_cipher needs a crypto_hash
            crypto_hash: sha256  | crypto_hash: sha3            | crypto_hash is sha3: only
            version: 2           | knet_compression_model: zlib | knet_compression_model is zlib
            link_mode: active    | link_mode: both              | link_mode has to be passive, active or rr
            linknumber: 1        | knet_transport: sctp         | knet_transport is sctp
            ring1_addr: 10.0.1.2 | name: b                      | a node has no ring1_addr
            ring1_addr: 10.0.1.2 | ring1_addr: 10.0.1.1         | two nodes have the same address
            key: k               | key: k1 #                    | to 4096 bytes
            """)
    void namesWhatToChangeForKnet(String is, String instead, String reason) {
        String conf = KNET.replace(is, instead).replaceAll("key: k1 #k+", "key: k1");
        assertThatThrownBy(() -> parse(conf, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
