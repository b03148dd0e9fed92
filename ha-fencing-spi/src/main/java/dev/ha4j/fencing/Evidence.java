package dev.ha4j.fencing;

import java.util.List;
import java.util.Objects;

/**
 * What a confirmed fence rests on; replicated and kept in the history.
 *
 * @param deviceId the device that confirmed
 * @param identity identity of the target as the device gave it (GUID, serial number, instance id)
 * @param observations raw states in the order in which they were read, in words, without secrets; at most 16
 */
public record Evidence(String deviceId, String identity, List<String> observations) {

    public static final int MAX_OBSERVATIONS = 16;

    public Evidence {
        Objects.requireNonNull(deviceId, "deviceId");
        Objects.requireNonNull(identity, "identity");
        observations = List.copyOf(observations);
        if (observations.size() > MAX_OBSERVATIONS) {
            throw new IllegalArgumentException("at most " + MAX_OBSERVATIONS + " observations");
        }
    }
}
