package dev.ha4j.controller.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Records in a file: mark, length, checksum, bytes. Pure. */
final class Frames {

    private static final int MARK = 0x48413466;
    static final int HEADER_BYTES = 12;

    /**
     * What a file holds.
     *
     * @param records the good ones at its begin
     * @param goodBytes where they end
     * @param goodAfterBad whether a good record follows a bad one: then that was no torn tail
     */
    record Content(List<byte[]> records, int goodBytes, boolean isWhole, boolean goodAfterBad) {}

    private Frames() {}

    static byte[] frame(byte[] record) {
        return ByteBuffer.allocate(HEADER_BYTES + record.length)
                .putInt(MARK)
                .putInt(record.length)
                .putInt(checksum(record))
                .put(record)
                .array();
    }

    static Content read(byte[] file) {
        List<byte[]> records = new ArrayList<>();
        int at = 0;
        int length = recordLength(file, at);
        while (length >= 0) {
            records.add(Arrays.copyOfRange(file, at + HEADER_BYTES, at + HEADER_BYTES + length));
            at += HEADER_BYTES + length;
            length = recordLength(file, at);
        }
        return new Content(records, at, at == file.length, anyGoodAfter(file, at + 1));
    }

    private static boolean anyGoodAfter(byte[] file, int from) {
        for (int at = from; at + HEADER_BYTES <= file.length; at++) {
            if (recordLength(file, at) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Length of the good record at this place; -1 if there is none. */
    private static int recordLength(byte[] file, int at) {
        if (at + HEADER_BYTES > file.length) {
            return -1;
        }
        ByteBuffer header = ByteBuffer.wrap(file, at, HEADER_BYTES);
        int mark = header.getInt();
        int length = header.getInt();
        if (mark != MARK || length < 0 || length > file.length - at - HEADER_BYTES) {
            return -1;
        }
        CRC32C crc = new CRC32C();
        crc.update(file, at + HEADER_BYTES, length);
        return (int) crc.getValue() == header.getInt() ? length : -1;
    }

    private static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, record.length);
        return (int) crc.getValue();
    }
}
