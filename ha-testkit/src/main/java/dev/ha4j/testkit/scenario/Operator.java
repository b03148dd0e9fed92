package dev.ha4j.testkit.scenario;

import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.World;

/** Asks nodes for what an operator would ask them for. */
final class Operator {

    private final World world;
    private long requests;

    Operator(World world) {
        this.world = world;
    }

    void ask(NodeProcess process, Request request, String about) {
        long number = ++requests;
        world.emit(process, new Event.RequestMade(number, request.getClass().getSimpleName(), "", about));
        process.node().orElseThrow().request(request, result -> answered(process, number, result));
    }

    private void answered(NodeProcess process, long number, RequestResult result) {
        StateVersion version = result instanceof RequestResult.Applied applied ? applied.version() : StateVersion.NONE;
        world.emit(process, new Event.RequestEnded(number, result.getClass().getSimpleName(), version));
    }
}
