package dev.ha4j.controller;

import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.RequestLedger.Answer;
import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.command.StateCommand.Ask;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Requests of this node's callers that have no answer yet. An answer is given only when a quorum's disks know of it. */
final class OpenRequests {

    /** More at a time are refused. */
    static final int MAX_OPEN = 1024;

    /** Ids that are remembered as having been sent once, so that nobody is told a wrong no. */
    static final int MAX_REMEMBERED = 4096;

    private final Replica replica;
    private final Consumer<Message> send;
    private final Map<RequestId, Consumer<RequestResult>> open = new LinkedHashMap<>();
    private final Set<RequestId> sent = new LinkedHashSet<>();

    OpenRequests(Replica replica, Consumer<Message> send) {
        this.replica = replica;
        this.send = send;
    }

    void ask(RequestId id, Request request, Consumer<RequestResult> done) {
        if (!replica.isOpen()) {
            done.accept(notSent(id, "there is no quorum"));
        } else if (open.containsKey(id)) {
            done.accept(new RequestResult.Indeterminate("this request is under way"));
        } else if (open.size() >= MAX_OPEN) {
            done.accept(notSent(id, "too many requests are under way"));
        } else {
            open.put(id, done);
            remember(id);
            send.accept(new Message.Command(replica.state().version().epoch(), new Ask(id, request)));
        }
    }

    /** What was never sent can be refused; of what was sent before, nobody knows. */
    private RequestResult notSent(RequestId id, String reason) {
        return sent.contains(id) ? new RequestResult.Indeterminate(reason) : new RequestResult.Refused(reason);
    }

    private void remember(RequestId id) {
        sent.add(id);
        if (sent.size() > MAX_REMEMBERED) {
            sent.remove(sent.iterator().next());
        }
    }

    void answered(RequestId id, Answer answer) {
        if (open.containsKey(id)) {
            replica.whenAcknowledged(answer.at().index(), () -> acknowledged(id, answer));
        }
    }

    private void acknowledged(RequestId id, Answer answer) {
        Consumer<RequestResult> done = open.remove(id);
        if (done != null) {
            done.accept(
                    answer.isRefused()
                            ? new RequestResult.Refused(answer.refusal())
                            : new RequestResult.Applied(answer.at()));
        }
    }

    /** The ring is gone before a quorum's disks had the answer. */
    void epochClosed() {
        Map<RequestId, Consumer<RequestResult>> undecided = new LinkedHashMap<>(open);
        open.clear();
        undecided
                .values()
                .forEach(
                        done -> done.accept(new RequestResult.Indeterminate("the ring changed before it was decided")));
    }
}
