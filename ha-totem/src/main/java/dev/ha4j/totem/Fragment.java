package dev.ha4j.totem;

/**
 * A submitted message, or a part of one, inside a {@link RegularMessage}.
 *
 * @param submissionId number of the submission at its sender
 * @param index number of this part, from 0
 * @param last whether it is the last part
 * @param payload not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // packets are not copied again between decoder and delivery
public record Fragment(long submissionId, int index, boolean last, byte[] payload) {

    @Override
    public String toString() {
        return submissionId + "#" + index + (last ? "." : "+") + payload.length + "B";
    }
}
