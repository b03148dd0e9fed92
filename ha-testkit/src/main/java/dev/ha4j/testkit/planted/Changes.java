package dev.ha4j.testkit.planted;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.ControllerConfig;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.command.StateCommand.LeaveCleanly;
import dev.ha4j.controller.command.StateCommand.RequestLeave;
import dev.ha4j.quorum.WaitForAll;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.runtime.LeaseClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What planted bugs do to a method: their bodies are copied into it when its class is loaded, so they see public types only. */
@SuppressWarnings({"UnusedVariable", "ParameterName"})
final class Changes {

    private Changes() {}

    // ---- simple answers

    static final class Always {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = true;
        }
    }

    static final class Never {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean result) {
            result = false;
        }
    }

    /** Where the second argument names an instance with a number. */
    static final class WithoutNumber {
        @Advice.OnMethodExit
        static void exit(@Advice.Argument(1) String resource, @Advice.Return(readOnly = false) boolean result) {
            result = result && resource.indexOf(':') < 0;
        }
    }

    static final class Unchanged {
        @Advice.OnMethodExit
        static void exit(
                @Advice.This(typing = Assigner.Typing.DYNAMIC) Object self,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object result) {
            result = self;
        }
    }

    static final class Two {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int result) {
            result = 2;
        }
    }

    static final class Highest {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = result < 0 ? result : Long.MAX_VALUE - 1;
        }
    }

    static final class Zero {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = 0;
        }
    }

    static final class WindowOver {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) boolean windowIsOver) {
            windowIsOver = true;
        }
    }

    static final class OneLess {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = Math.max(0, result - 1);
        }
    }

    static final class NoTime {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Duration result) {
            result = Duration.ZERO;
        }
    }

    static final class OneDay {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Duration result) {
            result = Duration.ofDays(1);
        }
    }

    static final class Nothing {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Optional<?> result) {
            result = Optional.empty();
        }
    }

    static final class NoNodes {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) SortedSet<NodeId> result) {
            result = new TreeSet<>();
        }
    }

    static final class NoWaiting {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) WaitForAll result) {
            result = WaitForAll.OVER;
        }
    }

    static final class MayAlways {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) BooleanSupplier result) {
            result = PlantedValues.TRUE;
        }
    }

    /** The method does nothing. */
    static final class Skipped {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    // ---- leases, state and disks

    static final class SentNow {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue("clock") LeaseClock clock,
                @Advice.Argument(value = 1, readOnly = false) OptionalLong firstSent) {
            firstSent = firstSent.isPresent() ? OptionalLong.of(clock.nanoTime()) : firstSent;
        }
    }

    static final class MostCommands {
        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) SortedMap<NodeId, ?> offers, @Advice.Return(readOnly = false) StateVersion result) {
            for (Object offer : offers.values()) {
                StateVersion offered = PlantedValues.offered(offer);
                result = offered.index() > result.index() ? offered : result;
            }
        }
    }

    /** Members count for what their offers say that they have, which was in the epoch before. */
    static final class CountsOffers {
        @Advice.OnMethodExit
        static void exit(
                @Advice.This(typing = Assigner.Typing.DYNAMIC) Object replica,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object exchange) {
            PlantedValues.countOffers(replica, exchange);
        }
    }

    static final class NotTransitional {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 3, readOnly = false) boolean inTransitional) {
            inTransitional = false;
        }
    }

    /** A record that has a header and not all its bytes, or wrong ones, is as long as there is room. */
    static final class ToTheEnd {
        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(0) byte[] file,
                @Advice.Argument(1) int at,
                @Advice.Return(readOnly = false) int result) {
            if (result < 0 && at + 12 < file.length && file[at] == 'H' && file[at + 1] == 'A') {
                result = file.length - at - 12;
            }
        }
    }

    // ---- fencing, operations

    static final class Confirmed {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) FinishFence result) {
            if (result.outcome() == FenceOutcome.UNKNOWN) {
                result = new FinishFence(
                        result.operationId(),
                        result.target(),
                        result.incarnation(),
                        result.attempt(),
                        FenceOutcome.CONFIRMED,
                        ProofLevel.POWER_VERIFIED,
                        result.by(),
                        result.reason());
            }
        }
    }

    static final class ConfirmedCounts {
        @Advice.OnMethodExit
        static void exit(
                @Advice.Argument(3) FinishFence finish, @Advice.Return(readOnly = false) Optional<String> result) {
            if (finish.outcome() == FenceOutcome.CONFIRMED) {
                result = Optional.empty();
            }
        }
    }

    /** What was not heard is told in the next epoch, whether anybody still wants to know it or not. */
    static final class ToldAnyway {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.FieldValue("unreported") SortedMap<Long, FinishFence> unreported,
                @Advice.FieldValue("submit") Consumer<StateCommand> submit) {
            unreported.values().forEach(submit);
            return true;
        }
    }

    /** What is to begin elsewhere does not wait until it has ended here. */
    static final class WithoutHandover {
        @Advice.OnMethodExit
        static void exit(
                @Advice.This Object engine,
                @Advice.Argument(0) PlannedAction action,
                @Advice.Return(readOnly = false) boolean result) {
            result = result || PlantedValues.waitsForHandover(engine, action);
        }
    }

    static final class Succeeded {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) OperationRecord result) {
            if (result.isFailed()) {
                result = new OperationRecord(
                                result.callId(),
                                OperationStatus.DONE,
                                result.expected(),
                                result.expected(),
                                result.token(),
                                result.lastChangeMillis(),
                                result.durationMillis(),
                                result.exitReason())
                        .with(result.parameters())
                        .withPeer(result.peer());
            }
        }
    }

    static final class LeavesAnyway {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.FieldValue("config") ControllerConfig config,
                @Advice.FieldValue("submit") Consumer<StateCommand> submit,
                @Advice.Argument(0) NodeId node) {
            if (node.equals(config.self())) {
                submit.accept(new LeaveCleanly(config.self(), config.incarnation()));
            }
            return true;
        }
    }

    static final class LeavesAtOnce {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.FieldValue("config") ControllerConfig config,
                @Advice.FieldValue("submit") Consumer<StateCommand> submit) {
            submit.accept(new RequestLeave(config.self(), config.incarnation()));
            submit.accept(new LeaveCleanly(config.self(), config.incarnation()));
            return true;
        }
    }

    // ---- the ring

    static final class FromTheStart {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue(value = "first", readOnly = false) long first,
                @Advice.FieldValue(value = "askedUpTo", readOnly = false) long askedUpTo) {
            first = 1;
            askedUpTo = 0;
        }
    }

    static final class OverTheGap {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("highest") long highest, @Advice.Return(readOnly = false) long result) {
            result = Math.max(result, highest);
        }
    }

    static final class OneBack {
        @Advice.OnMethodEnter
        static void enter(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object recovery) {
            PlantedValues.oneBack(recovery);
        }
    }

    static final class NoRepeats {
        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("repeats") ArrayDeque<?> repeats) {
            repeats.clear();
        }
    }

    static final class Forever {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = Long.MAX_VALUE;
        }
    }

    static final class AsForwarded {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("forwardedSequence") long sequence,
                @Advice.FieldValue(value = "forwardedReceivedUpTo", readOnly = false) long received) {
            received = sequence;
        }
    }

    static final class AllOfIt {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) long upTo) {
            upTo = Long.MAX_VALUE;
        }
    }

    /** While another ring is being recovered, nothing is added to the one before. */
    static final class NotOfTheInstalledRing {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.This(typing = Assigner.Typing.DYNAMIC) Object protocol,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object ring) {
            return PlantedValues.isRecovered(protocol, ring);
        }
    }

    // ---- links

    static final class OrEqual {
        @Advice.OnMethodExit
        static void exit(
                @Advice.FieldValue("highest") long highest,
                @Advice.Argument(0) long counter,
                @Advice.Return(readOnly = false) boolean result) {
            result = counter >= highest;
        }
    }

    static final class Jumbo {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) int result) {
            result = 8_972;
        }
    }
}
