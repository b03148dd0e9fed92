package dev.ha4j.corosync;

/** What section {@code totem} says about timers and limits. */
final class TotemConf {

    private static final String HEARTBEATS = "heartbeat_failures_allowed";

    private TotemConf() {}

    static TotemConfig read(ConfSection totem) {
        if (totem.positive(HEARTBEATS).isPresent()) {
            throw new IllegalArgumentException(HEARTBEATS + " is not supported: leave it out, on all nodes");
        }
        TotemConfig.Builder config = TotemConfig.builder();
        totem.positive("token_retransmits_before_loss_const").ifPresent(config::retransmitsBeforeLoss);
        totem.positiveMillis("token_retransmit").ifPresent(config::tokenRetransmit);
        totem.positiveMillis("hold").ifPresent(config::hold);
        totem.positiveMillis("join").ifPresent(config::join);
        totem.positiveMillis("consensus").ifPresent(config::consensus);
        totem.positiveMillis("merge").ifPresent(config::merge);
        totem.positive("window_size").ifPresent(config::windowMessages);
        totem.positive("max_messages").ifPresent(config::messagesPerVisit);
        totem.positive("miss_count_const").ifPresent(config::visitsBeforeRequest);
        totem.positive("seqno_unchanged_const").ifPresent(config::idleRotations);
        totem.positive("fail_recv_const").ifPresent(config::failToReceiveRotations);
        return config.requestsPreventHold(totem.is("cancel_token_hold_on_retransmit"))
                .build();
    }
}
