package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.Privilege;
import dev.ha4j.fencing.ipmi.wire.Octets;
import java.nio.charset.StandardCharsets;

/** A login of the simulated BMC. */
final class BmcUser {

    /** The level of users who may look but not switch. */
    static final int USER_LEVEL = 2;

    private final Octets name;
    private final Octets password;
    private final int maxLevel;

    BmcUser(String name, String password, int maxLevel) {
        this.name = utf8(name);
        this.password = utf8(password);
        this.maxLevel = maxLevel;
    }

    static int level(Privilege privilege) {
        return switch (privilege) {
            case OPERATOR -> 3;
            case ADMINISTRATOR -> 4;
        };
    }

    private static Octets utf8(String text) {
        return Octets.of(text.getBytes(StandardCharsets.UTF_8));
    }

    Octets name() {
        return name;
    }

    Octets password() {
        return password;
    }

    int maxLevel() {
        return maxLevel;
    }
}
