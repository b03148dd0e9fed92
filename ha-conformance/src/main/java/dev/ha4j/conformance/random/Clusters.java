package dev.ha4j.conformance.random;

import java.io.IOException;

/** Where clusters come from. */
interface Clusters {
    /** The same for the same seed. */
    Xml of(long seed) throws IOException, InterruptedException;
}
