package dev.ha4j.corosync.services;

import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.wire.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.TreeMap;

/** Messages that are too long for their daemon's clients, which send them in parts. */
final class PartialMessages {

    /** Longest message; what is longer is ignored. */
    static final int MAX_BYTES = 16 << 20;

    private final TreeMap<String, TreeMap<CpgMember, ByteArrayOutputStream>> begun = new TreeMap<>();

    /** The whole message, with its last part. */
    Optional<byte[]> add(CpgCodec.Part part, CpgMember sender) throws Malformed {
        TreeMap<CpgMember, ByteArrayOutputStream> ofGroup =
                begun.computeIfAbsent(part.group(), group -> new TreeMap<>());
        if (part.type() == CpgCodec.Part.FIRST) {
            ofGroup.put(sender, new ByteArrayOutputStream());
        }
        ByteArrayOutputStream message = ofGroup.get(sender);
        if (message == null) {
            return Optional.empty(); // its beginning was before we came
        }
        if (part.total() < 0 || part.total() > MAX_BYTES || message.size() + part.payload().length > part.total()) {
            ofGroup.remove(sender);
            throw new Malformed("message too long");
        }
        message.writeBytes(part.payload());
        if (part.type() != CpgCodec.Part.LAST) {
            return Optional.empty();
        }
        ofGroup.remove(sender);
        return Optional.of(message.toByteArray());
    }

    void forget(String group, CpgMember sender) {
        TreeMap<CpgMember, ByteArrayOutputStream> ofGroup = begun.get(group);
        if (ofGroup != null) {
            ofGroup.remove(sender);
            if (ofGroup.isEmpty()) {
                begun.remove(group);
            }
        }
    }
}
