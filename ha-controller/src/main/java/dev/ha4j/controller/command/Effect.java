package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.RequestLedger;
import dev.ha4j.api.state.TermGrant;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/** What has to be done because a command was applied, by the node that it concerns. */
public sealed interface Effect {

    /** Run an operation; with a grant, only when a quorum's disks know of it. */
    record Execute(
            OperationKey key,
            long callId,
            Duration timeout,
            Optional<TermGrant> grant,
            SortedMap<String, String> parameters,
            Optional<NodeId> peer,
            Optional<Intent> intent,
            String reason)
            implements Effect {}

    record CancelRun(OperationKey key) implements Effect {}

    record CarryOutFence(FenceOperation operation, FencePath path) implements Effect {}

    record FenceClosed(FenceRecord record) implements Effect {}

    record Dismissed(NodeId node) implements Effect {}

    record LeftCleanly(NodeId node) implements Effect {}

    record Answered(RequestId id, RequestLedger.Answer answer) implements Effect {}
}
