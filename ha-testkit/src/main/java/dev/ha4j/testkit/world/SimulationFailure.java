package dev.ha4j.testkit.world;

/** The simulation itself went wrong: neither the product's failure nor the user's. */
public final class SimulationFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SimulationFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public SimulationFailure(String message) {
        super(message);
    }
}
