package dev.ha4j.node.assembly;

import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.NodePhase;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.Controller;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Workers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings what applications and operators ask from their threads to the controller's loop, and the answers to worker threads: what
 * somebody does with an answer keeps no loop waiting.
 */
final class NodeRequests {

    /** What an application does with an answer is interrupted after this. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final EventLoop loop;
    private final Workers workers;
    private final Controller controller;
    private final Supplier<NodePhase> phase;
    private final long client;
    private long requests;

    /** @param client by which the cluster tells this node's requests from those of other lives and nodes */
    NodeRequests(EventLoop loop, Workers workers, Controller controller, Supplier<NodePhase> phase, long client) {
        this.loop = loop;
        this.workers = workers;
        this.controller = controller;
        this.phase = phase;
        this.client = client;
    }

    CompletionStage<RequestResult> ask(Request request) {
        CompletableFuture<RequestResult> result = new CompletableFuture<>();
        loop.execute(() -> askOnLoop(request, answer -> answer(result, answer)));
        return isOver() ? CompletableFuture.completedFuture(stopped()) : result;
    }

    /** The same, under an id of the caller's: asked again of this node, it is carried out once. */
    CompletionStage<RequestResult> ask(RequestId id, Request request) {
        CompletableFuture<RequestResult> result = new CompletableFuture<>();
        loop.execute(() -> askOnLoop(id, request, answer -> answer(result, answer)));
        return result;
    }

    /** An operator's order to fence a node. */
    CompletionStage<FenceAnswer> fence(Request.Fence order) {
        if (isOver()) {
            return CompletableFuture.completedFuture(FenceAnswer.failed(stopReason()));
        }
        CompletableFuture<FenceAnswer> result = new CompletableFuture<>();
        loop.execute(() -> controller.fence(nextId(), order, answer -> answer(result, answer)));
        return result;
    }

    /** An operator tells a partition without quorum to go on. */
    CompletionStage<RequestResult> say(QuorumWord word) {
        CompletableFuture<RequestResult> result = new CompletableFuture<>();
        loop.execute(() -> controller.say(word, answer -> answer(result, answer)));
        return isOver() ? CompletableFuture.completedFuture(stopped()) : result;
    }

    /** On the controller's loop, where {@code done} is called too. */
    void askOnLoop(Request request, Consumer<RequestResult> done) {
        if (isOver()) {
            done.accept(stopped());
        } else {
            controller.request(nextId(), request, done);
        }
    }

    /** What was asked before may have been carried out: once the node has stopped, nobody here knows. */
    private void askOnLoop(RequestId id, Request request, Consumer<RequestResult> done) {
        if (isOver()) {
            done.accept(new RequestResult.Indeterminate(stopReason()));
        } else {
            controller.request(id, request, done);
        }
    }

    private RequestId nextId() {
        return new RequestId(client, ++requests);
    }

    private boolean isOver() {
        return phase.get().isOver();
    }

    private RequestResult stopped() {
        return new RequestResult.Refused(stopReason());
    }

    private String stopReason() {
        return "the node has stopped: " + phase.get().reason();
    }

    private <T> void answer(CompletableFuture<T> waiting, T answer) {
        workers.run("answer", ANSWER_TIMEOUT, () -> waiting.complete(answer), outcome -> {});
    }
}
