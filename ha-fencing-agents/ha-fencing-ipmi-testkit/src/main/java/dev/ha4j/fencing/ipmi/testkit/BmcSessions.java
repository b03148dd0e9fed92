package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import dev.ha4j.fencing.ipmi.wire.RakpTranscript;
import dev.ha4j.fencing.ipmi.wire.SequenceWindow;
import dev.ha4j.fencing.ipmi.wire.SessionCipher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sessions of the BMC by its own ids; when the table is full, the oldest goes. */
final class BmcSessions {

    static final int MAX_SESSIONS = 64;

    private final Map<Integer, State> states = new LinkedHashMap<>();
    private int lastId = 0x0A0B_0000;

    int newId() {
        return ++lastId;
    }

    <T extends State> Optional<T> find(int id, Class<T> type) {
        return Optional.ofNullable(states.get(id)).filter(type::isInstance).map(type::cast);
    }

    void put(int id, State state) {
        states.put(id, state);
        if (states.size() > MAX_SESSIONS) {
            states.remove(states.keySet().iterator().next());
        }
    }

    void remove(int id) {
        states.remove(id);
    }

    /** How far a session has come. */
    sealed interface State {}

    /** Open Session was answered. */
    record Granted(int consoleSessionId, CipherSuite suite) implements State {}

    /** RAKP 2 was sent. */
    record Challenged(RakpTranscript transcript, BmcUser user) implements State {}

    /** RAKP 4 was sent. */
    static final class Active implements State {

        private final RakpTranscript transcript;
        private final BmcUser user;
        private final SessionCipher cipher;
        private final SequenceWindow inbound = new SequenceWindow();
        private int outboundSequence;
        private int level = BmcUser.USER_LEVEL;

        Active(Challenged challenged, SessionCipher cipher) {
            this.transcript = challenged.transcript();
            this.user = challenged.user();
            this.cipher = cipher;
        }

        int consoleSessionId() {
            return transcript.consoleSessionId();
        }

        SessionCipher cipher() {
            return cipher;
        }

        SequenceWindow inbound() {
            return inbound;
        }

        int nextSequence() {
            return ++outboundSequence;
        }

        int level() {
            return level;
        }

        /** Whether the user and what RAKP 1 asked for allow this level. */
        boolean raise(int wanted) {
            int asked = transcript.role() & 0x0F;
            if (wanted > user.maxLevel() || wanted > asked) {
                return false;
            }
            level = wanted;
            return true;
        }
    }
}
