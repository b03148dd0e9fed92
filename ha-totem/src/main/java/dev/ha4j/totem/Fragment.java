package dev.ha4j.totem;

import java.util.Arrays;
import java.util.Objects;

/**
 * A submitted message, or a part of one, inside a {@link RegularMessage}.
 *
 * @param submissionId number of the submission at its sender
 * @param index number of this part, from 0
 * @param last whether it is the last part
 * @param array holds the payload, at the sender that of the whole message; not to be changed
 * @param from where in the array the payload begins
 * @param length of the payload, in bytes
 */
@SuppressWarnings(
        "ArrayRecordComponent") // payloads are not copied between submission and encoder, nor decoder and delivery
public record Fragment(long submissionId, int index, boolean last, byte[] array, int from, int length) {

    public Fragment {
        Objects.checkFromIndexSize(from, length, array.length);
    }

    /** One whose payload is the whole array. */
    public Fragment(long submissionId, int index, boolean last, byte[] payload) {
        this(submissionId, index, last, payload, 0, payload.length);
    }

    /** The payload in an array of its own length, which is copied only if it has to be; not to be changed. */
    public byte[] payload() {
        return length == array.length ? array : Arrays.copyOfRange(array, from, from + length);
    }

    @Override
    public String toString() {
        return submissionId + "#" + index + (last ? "." : "+") + length + "B";
    }
}
