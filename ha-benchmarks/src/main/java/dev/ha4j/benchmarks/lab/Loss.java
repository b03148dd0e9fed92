package dev.ha4j.benchmarks.lab;

/** How a node is lost. */
enum Loss {
    KILLED("SIGKILL"),
    STOPPED("SIGSTOP"),
    UNPLUGGED("cable unplugged");

    private final String label;

    Loss(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
