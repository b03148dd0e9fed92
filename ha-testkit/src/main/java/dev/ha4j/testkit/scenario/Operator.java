package dev.ha4j.testkit.scenario;

import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.World;

/** Asks nodes for what an operator would ask them for. */
final class Operator {

    private long requests;

    void ask(World world, NodeProcess process, Request request, String about) {
        long number = ++requests;
        world.emit(process, new Event.RequestMade(number, request.getClass().getSimpleName(), "", about));
        process.node().orElseThrow().request(request, result -> answered(world, process, number, result));
    }

    private static void answered(World world, NodeProcess process, long number, RequestResult result) {
        StateVersion version = result instanceof RequestResult.Applied applied ? applied.version() : StateVersion.NONE;
        world.emit(process, new Event.RequestEnded(number, result.getClass().getSimpleName(), version));
    }
}
