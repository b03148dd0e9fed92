package dev.ha4j.totem.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PassphraseKeyTest {

    private static final char[] WORDS = "correct horse battery staple".toCharArray();

    @Test
    void sameWordsAndClusterGiveTheSameKey() {
        byte[] key = PassphraseKey.derive(WORDS, "orders");
        assertThat(key).hasSize(ClusterKey.KEY_BYTES).isEqualTo(PassphraseKey.derive(WORDS.clone(), "orders"));
        assertThat(PassphraseKey.derive(WORDS, "billing")).isNotEqualTo(key);
        assertThat(PassphraseKey.derive("correct horse battery stapla".toCharArray(), "orders"))
                .isNotEqualTo(key);
    }

    @Test
    void shortPassphrasesAreRefused() {
        assertThatThrownBy(() -> PassphraseKey.derive("hunter2".toCharArray(), "orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("hunter2");
    }
}
