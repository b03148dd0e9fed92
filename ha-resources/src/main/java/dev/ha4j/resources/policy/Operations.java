package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.OperationEntry;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is configured for operations. */
final class Operations {
    private final Model model;

    Operations(Model model) {
        this.model = model;
    }

    static boolean enabled(OperationEntry op) {
        return Text.truth(op.get("enabled")).orElse(true);
    }

    static long interval(OperationEntry op) {
        return Text.intervalMillis(op.get("interval"));
    }

    static Optional<OperationEntry> find(Primitive resource, String name, long intervalMillis, boolean disabledToo) {
        for (OperationEntry op : resource.operations) {
            if (op.name().equals(name) && interval(op) == intervalMillis && (disabledToo || enabled(op))) {
                return Optional.of(op);
            }
        }
        boolean migration = name.equals(Tasks.MIGRATE_TO) || name.equals(Tasks.MIGRATE_FROM);
        return migration ? find(resource, "migrate", 0, disabledToo) : Optional.empty();
    }

    /** The meta attributes of an operation, whether it is configured or not. */
    Map<String, String> meta(Primitive resource, String name, long intervalMillis) {
        Optional<OperationEntry> op = find(resource, name, intervalMillis, true);
        RuleInput input = RuleInput.of(resource.kind, name, intervalMillis);
        Map<String, String> meta = new LinkedHashMap<>();
        op.ifPresent(configured -> {
            meta.putAll(configured.attributes());
            model.sets.readInto(meta, configured.meta(), input);
        });
        if (name.equals(Tasks.MONITOR) && intervalMillis == 0) {
            Optional.ofNullable(probeTimeout(resource)).ifPresent(timeout -> meta.putIfAbsent("timeout", timeout));
        }
        model.sets.readInto(meta, model.input.operationDefaults(), input);
        meta.remove("id");
        meta.remove("interval");
        if (intervalMillis > 0) {
            meta.put("interval", Long.toString(intervalMillis));
        }
        String special = resource.isFenceDevice() && intervalMillis == 0 && startsOrProbes(name)
                ? resource.parameters(model.sets, null).get("pcmk_monitor_timeout")
                : null;
        meta.put("timeout", Integer.toString(Text.timeoutMillis(special == null ? meta.get("timeout") : special)));
        startDelay(meta, intervalMillis);
        return meta;
    }

    private static boolean startsOrProbes(String name) {
        return name.equals(Tasks.START) || name.equals(Tasks.MONITOR);
    }

    private static @Nullable String probeTimeout(Primitive resource) {
        OperationEntry shortest = null;
        for (OperationEntry op : resource.operations) {
            boolean recurring = op.name().equals(Tasks.MONITOR) && interval(op) > 0 && enabled(op);
            if (recurring && (shortest == null || interval(op) < interval(shortest))) {
                shortest = op;
            }
        }
        return shortest == null ? null : shortest.get("timeout");
    }

    private void startDelay(Map<String, String> meta, long intervalMillis) {
        String delay = meta.get("start-delay");
        String origin = meta.get("interval-origin");
        if (delay != null) {
            meta.put("start-delay", Long.toString(Math.max(0, Text.millis(delay).orElse(0))));
        } else if (origin != null && intervalMillis > 0) {
            Dates.parse(origin, java.time.Instant.ofEpochSecond(model.nowSeconds))
                    .ifPresent(time -> {
                        long interval = Math.max(1, intervalMillis / 1000);
                        long past = (model.nowSeconds - time.toEpochSecond()) % interval;
                        long wait = past <= 0 ? -past : interval - past;
                        meta.put("start-delay", Long.toString(wait * 1000));
                    });
        }
    }

    OnFail onFail(Primitive resource, String name, long intervalMillis) {
        String text = meta(resource, name, intervalMillis).get("on-fail");
        if (text == null && name.equals(Tasks.DEMOTE)) {
            text = ofLastPromotedMonitor(resource);
        }
        boolean losesNode = isDirectConnection(resource) && breaksConnection(name, intervalMillis);
        if (losesNode && !resource.managed) {
            return OnFail.STOP;
        }
        if (text != null) {
            return parse(resource, text.toLowerCase(Locale.ROOT), name, intervalMillis);
        }
        return losesNode ? OnFail.RESET_REMOTE : byDefault(resource, name);
    }

    private static boolean isDirectConnection(Primitive resource) {
        return resource.container == null && resource.kind.isRemoteConnection();
    }

    /** A probe tells nothing of a connection that was up, and a start that fails shows that there was none. */
    private static boolean breaksConnection(String name, long intervalMillis) {
        return !name.equals(Tasks.START) && !(name.equals(Tasks.MONITOR) && intervalMillis == 0);
    }

    /** Q: a demotion fails as the last of the monitors for the promoted role does. */
    private static @Nullable String ofLastPromotedMonitor(Primitive resource) {
        String found = null;
        for (OperationEntry op : resource.operations) {
            String text = op.get("on-fail");
            boolean counts = isPromotedMonitor(op) && enabled(op) && text != null && !text.equalsIgnoreCase("demote");
            if (counts) {
                found = text;
            }
        }
        return found;
    }

    private static boolean isPromotedMonitor(OperationEntry op) {
        return op.name().equals(Tasks.MONITOR)
                && interval(op) > 0
                && Role.parse(op.get("role")).orElse(Role.UNKNOWN) == Role.PROMOTED;
    }

    private OnFail parse(Primitive resource, String text, String name, long intervalMillis) {
        boolean stop = name.equals(Tasks.STOP);
        return switch (text) {
            case "ignore", "nothing" -> OnFail.IGNORE;
            case "block" -> OnFail.BLOCK;
            case "fence" -> model.options.fencingEnabled ? OnFail.FENCE : OnFail.STOP;
            case "standby" -> stop ? byDefault(resource, name) : OnFail.STANDBY;
            case "migrate", "ban" -> OnFail.BAN;
            case "stop" -> stop ? byDefault(resource, name) : OnFail.STOP;
            case "restart" -> OnFail.RESTART;
            case "restart-container" ->
                resource.container == null ? byDefault(resource, name) : OnFail.RESTART_CONTAINER;
            case "demote" -> mayDemote(resource, name, intervalMillis) ? OnFail.DEMOTE : byDefault(resource, name);
            default -> byDefault(resource, name);
        };
    }

    private static boolean mayDemote(Primitive resource, String name, long intervalMillis) {
        return name.equals(Tasks.PROMOTE)
                || find(resource, name, intervalMillis, true)
                        .filter(Operations::isPromotedMonitor)
                        .isPresent();
    }

    private OnFail byDefault(Primitive resource, String name) {
        if (resource.container != null) {
            return OnFail.RESTART_CONTAINER;
        }
        if (!name.equals(Tasks.STOP)) {
            return OnFail.RESTART;
        }
        return model.options.fencingEnabled ? OnFail.FENCE : OnFail.BLOCK;
    }

    static Role roleAfterFailure(Primitive resource, OnFail onFail, String name) {
        if (onFail == OnFail.STOP || (onFail == OnFail.RESET_REMOTE && resource.reconnectSeconds > 0)) {
            return Role.STOPPED;
        }
        return Objects.equals(name, Tasks.PROMOTE) ? Role.UNPROMOTED : Role.STARTED;
    }
}
