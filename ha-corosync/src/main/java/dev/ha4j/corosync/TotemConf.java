package dev.ha4j.corosync;

/** What section {@code totem} says about timers and limits. */
final class TotemConf {

    private static final String HEARTBEATS = "heartbeat_failures_allowed";

    private TotemConf() {}

    static TotemConfig read(ConfSection totem) {
        if (totem.positive(HEARTBEATS).isPresent()) {
            throw new IllegalArgumentException(HEARTBEATS + " is not supported: leave it out, on all nodes");
        }
        TotemConfig defaults = TotemConfig.DEFAULTS;
        return new TotemConfig(
                totem.positive("token_retransmits_before_loss_const").orElse(defaults.retransmitsBeforeLoss()),
                totem.positiveMillis("token_retransmit"),
                totem.positiveMillis("hold"),
                totem.positiveMillis("join").orElse(defaults.join()),
                totem.positiveMillis("consensus"),
                totem.positiveMillis("merge").orElse(defaults.merge()),
                totem.positive("window_size").orElse(defaults.windowMessages()),
                totem.positive("max_messages").orElse(defaults.messagesPerVisit()),
                totem.positive("miss_count_const").orElse(defaults.visitsBeforeRequest()),
                totem.positive("seqno_unchanged_const").orElse(defaults.idleRotations()),
                totem.positive("fail_recv_const").orElse(defaults.failToReceiveRotations()),
                totem.is("cancel_token_hold_on_retransmit"));
    }
}
