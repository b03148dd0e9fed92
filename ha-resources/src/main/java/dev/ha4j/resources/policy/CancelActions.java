package dev.ha4j.resources.policy;

/** Turns recurring operations into their cancellation. Q: it keeps the key of the operation. */
final class CancelActions {
    private CancelActions() {}

    static Action create(Model model, Primitive resource, String task, long intervalMillis, Node node) {
        Action cancel = model.actions.get(resource, task, intervalMillis, Tasks.CANCEL, node, false);
        cancel.task = Tasks.CANCEL;
        return cancel;
    }
}
