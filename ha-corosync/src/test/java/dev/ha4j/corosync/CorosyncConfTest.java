package dev.ha4j.corosync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    private static CorosyncConfig parse(String conf, int self) throws UnknownHostException {
        return CorosyncConf.parse(conf.lines().toList(), self);
    }

    @Test
    void readsWhatMatters() throws UnknownHostException {
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
    void addsTheCoefficient() throws UnknownHostException {
        assertThat(parse(CONF, 1).effectiveToken()).isEqualTo(Duration.ofMillis(2_650));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            transport: udpu     | transport: knet           | only udpu
            crypto_cipher: none | crypto_cipher: aes256     | crypto_cipher is aes256
            token: 2000         | token: soon               | token has to be a number, not soon
            wait_for_all: 1     | auto_tie_breaker: 1       | auto_tie_breaker is not supported
            nodeid: 2           | name: beta                | node 10.0.0.2 has no nodeid
            nodeid: 7           | nodeid: 8                 | node 7 is not among the nodes
            version: 2          | version                   | is no key and value
            version: 2          | }                         | without an open section
            version: 2          | more {                    | has no closing brace
            10.0.0.2            | 10.0.0.1                  | two nodes have the same address
            """)
    void namesWhatToChange(String is, String instead, String reason) {
        assertThatThrownBy(() -> parse(CONF.replace(is, instead), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAQuorumDevice() {
        String device = CONF.replace("wait_for_all: 1", "device {\nmodel: net\n}");
        assertThatThrownBy(() -> CorosyncConf.parse(List.of(device.split("\n", -1)), 7))
                .hasMessageContaining("quorum device");
    }
}
