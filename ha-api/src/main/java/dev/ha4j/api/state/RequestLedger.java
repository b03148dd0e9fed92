package dev.ha4j.api.state;

import java.util.Objects;
import java.util.Optional;

/**
 * The requests that were carried out or refused lately: a request that comes again gets its first answer.
 *
 * @param answers by request
 * @param byIndex the request that was answered at each index of the state's version, oldest first
 */
public record RequestLedger(PersistentMap<RequestId, Answer> answers, PersistentMap<Long, RequestId> byIndex) {

    /** Older answers are forgotten. */
    public static final int MAX_ANSWERS = 1024;

    public static final RequestLedger NONE = new RequestLedger(PersistentMap.empty(), PersistentMap.empty());

    /**
     * What became of a request.
     *
     * @param at version of the state with which it was decided
     * @param refusal why it was refused; empty if it was carried out
     */
    public record Answer(StateVersion at, String refusal) {

        public Answer {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(refusal, "refusal");
        }

        public boolean isRefused() {
            return !refusal.isEmpty();
        }
    }

    public RequestLedger {
        Objects.requireNonNull(answers, "answers");
        Objects.requireNonNull(byIndex, "byIndex");
    }

    public Optional<Answer> answer(RequestId request) {
        return answers.get(request);
    }

    public RequestLedger with(RequestId request, Answer answer) {
        PersistentMap<RequestId, Answer> newAnswers = answers.put(request, answer);
        PersistentMap<Long, RequestId> newIndex = byIndex.put(answer.at().index(), request);
        while (newIndex.size() > MAX_ANSWERS) {
            var oldest = newIndex.first().orElseThrow();
            newIndex = newIndex.remove(oldest.getKey());
            newAnswers = newAnswers.remove(oldest.getValue());
        }
        return new RequestLedger(newAnswers, newIndex);
    }
}
