package dev.ha4j.node;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends this process without any further step of it. */
final class HaltProcess {

    static final int STATUS = 86;

    static final Consumer<String> NOW = HaltProcess::halt;

    private static final Logger LOG = LoggerFactory.getLogger(HaltProcess.class);

    private HaltProcess() {}

    private static void halt(String reason) {
        LOG.error("this process is ended, for others take over what it runs: {}", reason);
        Runtime.getRuntime().halt(STATUS);
    }
}
