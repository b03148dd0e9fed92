package dev.ha4j.benchmarks.ring;

import java.nio.file.Path;
import java.util.List;

/** How to start one process, and where its standard error goes. */
record Launch(List<String> command, Path log) {}
