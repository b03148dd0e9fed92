package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a fence device for IPMI begins:
 *
 * <pre>
 * Ipmi.device("bmc-a").target("a").address("192.0.2.11").credentials(env("BMC_USER"), env("BMC_PW"))
 * </pre>
 *
 * with {@code env} from {@link Secret}. The four steps are all that a device needs; {@link IpmiFenceDevice} has the options.
 */
public final class Ipmi {

    private Ipmi() {}

    /** Begins a device with a name that is unique in the cluster. */
    public static NeedsTarget device(String id) {
        Objects.requireNonNull(id, "id");
        return target -> address -> (userName, password) -> new IpmiFenceDevice(new IpmiSettings(
                id,
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(address, "address"),
                IpmiSettings.DEFAULT_PORT,
                Objects.requireNonNull(userName, "userName"),
                Objects.requireNonNull(password, "password"),
                Optional.empty(),
                Optional.empty(),
                CipherSuite.SUITE_17,
                Privilege.ADMINISTRATOR,
                IpmiSettings.Pace.DEFAULT));
    }

    /** A device that needs to know which node it switches. */
    @FunctionalInterface
    public interface NeedsTarget {

        /** The name of the node whose power the BMC switches. */
        NeedsAddress target(String nodeName);
    }

    /** A device that needs to know where the BMC is. */
    @FunctionalInterface
    public interface NeedsAddress {

        /** The BMC's address; better numbers than a name, which has to be looked up in the hour of need. */
        NeedsCredentials address(String host);
    }

    /** A device that needs to know how to log in. */
    @FunctionalInterface
    public interface NeedsCredentials {

        /** User name (at most 16 bytes) and password (at most 20 bytes), looked up anew for each session. */
        IpmiFenceDevice credentials(Secret userName, Secret password);
    }
}
