package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.DURATION;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.enumOf;
import static dev.ha4j.controller.codec.Codecs.optional;
import static dev.ha4j.controller.codec.PolicyCodecs.NODE_ID;

import dev.ha4j.controller.Request;
import dev.ha4j.controller.Request.ChangeTicket;
import dev.ha4j.controller.Request.ChangeVoters;
import dev.ha4j.controller.Request.ConfirmDown;
import dev.ha4j.controller.Request.ForgetFailures;
import dev.ha4j.controller.Request.Maintenance;
import dev.ha4j.controller.Request.ProlongUnblocking;
import dev.ha4j.controller.Request.PutResource;
import dev.ha4j.controller.Request.ReplacePolicy;
import dev.ha4j.controller.Request.SetAttribute;
import dev.ha4j.controller.Request.Standby;

/** Requests as bytes. */
final class RequestCodecs {

    static final Codec<Request> REQUEST = Codec.of(RequestCodecs::write, RequestCodecs::read);

    private RequestCodecs() {}

    private static void write(Writer out, Request request) {
        if (request instanceof ReplacePolicy replace) {
            out.oneByte(1);
            out.put(PolicyCodecs.POLICY, replace.before()).put(PolicyCodecs.POLICY, replace.policy());
        } else if (request instanceof PutResource put) {
            out.oneByte(2);
            out.put(PolicyCodecs.RESOURCE, put.resource());
        } else if (request instanceof Standby standby) {
            out.oneByte(3);
            out.put(NODE_ID, standby.node()).put(BOOL, standby.on());
        } else if (request instanceof Maintenance maintenance) {
            out.oneByte(4);
            out.put(NODE_ID, maintenance.node()).put(BOOL, maintenance.on());
        } else if (request instanceof SetAttribute set) {
            out.oneByte(5);
            out.put(NODE_ID, set.node()).put(TEXT, set.name()).put(optional(TEXT), set.value());
        } else if (request instanceof ForgetFailures forget) {
            out.oneByte(6);
            out.put(TEXT, forget.resource()).put(optional(NODE_ID), forget.node());
        } else if (request instanceof ConfirmDown confirm) {
            out.oneByte(7);
            out.put(NODE_ID, confirm.node()).put(TEXT, confirm.operator()).put(TEXT, confirm.reason());
        } else if (request instanceof Request.Fence fence) {
            out.oneByte(8);
            out.put(NODE_ID, fence.node()).put(TEXT, fence.operator()).put(TEXT, fence.reason());
        } else if (request instanceof ChangeVoters change) {
            out.oneByte(9);
            out.put(PolicyCodecs.POLICY, change.before()).put(PolicyCodecs.POLICY, change.after());
            out.put(TEXT, change.operator()).put(TEXT, change.reason());
        } else if (request instanceof ChangeTicket change) {
            out.oneByte(20);
            out.put(TEXT, change.ticket()).put(enumOf(Request.TicketChange.values()), change.change());
            out.put(TEXT, change.operator()).put(TEXT, change.reason());
        } else if (request instanceof ProlongUnblocking prolong) {
            out.oneByte(10);
            out.put(DURATION, prolong.length()).put(TEXT, prolong.operator()).put(TEXT, prolong.reason());
        }
    }

    private static Request read(Reader in) {
        int tag = in.oneByte();
        return switch (tag) {
            case 1 -> new ReplacePolicy(in.get(PolicyCodecs.POLICY), in.get(PolicyCodecs.POLICY));
            case 2 -> new PutResource(in.get(PolicyCodecs.RESOURCE));
            case 3 -> new Standby(in.get(NODE_ID), in.get(BOOL));
            case 4 -> new Maintenance(in.get(NODE_ID), in.get(BOOL));
            case 5 -> new SetAttribute(in.get(NODE_ID), in.get(TEXT), in.get(optional(TEXT)));
            case 6 -> new ForgetFailures(in.get(TEXT), in.get(optional(NODE_ID)));
            case 7 -> new ConfirmDown(in.get(NODE_ID), in.get(TEXT), in.get(TEXT));
            case 8 -> new Request.Fence(in.get(NODE_ID), in.get(TEXT), in.get(TEXT));
            case 9 ->
                new ChangeVoters(in.get(PolicyCodecs.POLICY), in.get(PolicyCodecs.POLICY), in.get(TEXT), in.get(TEXT));
            case 20 ->
                new ChangeTicket(
                        in.get(TEXT), in.get(enumOf(Request.TicketChange.values())), in.get(TEXT), in.get(TEXT));
            case 10 -> new ProlongUnblocking(in.get(DURATION), in.get(TEXT), in.get(TEXT));
            default -> throw new UnknownKind("request " + tag);
        };
    }
}
