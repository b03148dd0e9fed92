package dev.ha4j.qnetd.netty;

import dev.ha4j.qnetd.wire.Decoded;
import dev.ha4j.qnetd.wire.ErrorCode;
import dev.ha4j.qnetd.wire.QnetdCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Cuts the stream into messages. */
final class Frames extends ByteToMessageDecoder {

    private static final int LENGTH_AT = 2;

    private boolean broken;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
        } else if (in.readableBytes() >= QnetdCodec.HEADER_BYTES) {
            message(in, out);
        }
    }

    /** What has come behind the last message; whoever begins TLS in between owns it. */
    ByteBuf takeRest() {
        ByteBuf rest = internalBuffer();
        return rest.isReadable() ? rest.readBytes(rest.readableBytes()) : Unpooled.EMPTY_BUFFER;
    }

    private void message(ByteBuf in, List<Object> out) {
        long bytes = QnetdCodec.HEADER_BYTES + in.getUnsignedInt(in.readerIndex() + LENGTH_AT);
        if (bytes > QnetdCodec.MAX_MESSAGE_BYTES) {
            broken = true;
            out.add(new Decoded.Rejected(ErrorCode.MESSAGE_TOO_LONG, "a message of " + bytes + " bytes"));
        } else if (in.readableBytes() >= bytes) {
            byte[] message = new byte[(int) bytes];
            in.readBytes(message);
            out.add(QnetdCodec.decode(message));
        }
    }
}
