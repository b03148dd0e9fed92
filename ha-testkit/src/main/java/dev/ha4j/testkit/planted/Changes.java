package dev.ha4j.testkit.planted;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.runtime.LeaseClock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import net.bytebuddy.asm.Advice;

/** What planted bugs do to a method: their bodies are copied into it when its class is loaded. */
@SuppressWarnings({"UnusedVariable", "ParameterName"})
final class Changes {

    private Changes() {}

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

    static final class Highest {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = result < 0 ? result : Long.MAX_VALUE - 1;
        }
    }

    static final class One {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = 1;
        }
    }

    static final class OneMore {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = result == 0 ? 0 : result + 1;
        }
    }

    static final class OneLess {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long result) {
            result = Math.max(0, result - 1);
        }
    }

    static final class SentNow {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue("clock") LeaseClock clock,
                @Advice.Argument(value = 1, readOnly = false) OptionalLong firstSent) {
            firstSent = firstSent.isPresent() ? OptionalLong.of(clock.nanoTime()) : firstSent;
        }
    }

    static final class ByIndex {
        @Advice.OnMethodExit
        static void exit(
                @Advice.This StateVersion self,
                @Advice.Argument(0) StateVersion other,
                @Advice.Return(readOnly = false) int result) {
            int byIndex = Long.compare(self.index(), other.index());
            result = byIndex != 0 ? byIndex : Long.compare(self.epoch(), other.epoch());
        }
    }

    static final class AnyEpoch {
        @Advice.OnMethodEnter
        static void enter(
                @Advice.FieldValue("epoch") long epoch, @Advice.Argument(value = 1, readOnly = false) long ofEpoch) {
            ofEpoch = epoch;
        }
    }

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

    static final class NoTime {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Duration result) {
            result = Duration.ZERO;
        }
    }

    static final class NotTransitional {
        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 3, readOnly = false) boolean inTransitional) {
            inTransitional = false;
        }
    }

    static final class Nothing {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Optional<?> result) {
            result = Optional.empty();
        }
    }

    static final class Done {
        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) OperationStatus result) {
            result = result == OperationStatus.PENDING ? result : OperationStatus.DONE;
        }
    }
}
