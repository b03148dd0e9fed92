package dev.ha4j.api;

/**
 * A resource that takes over changed parameters while it runs. Which of them may change in this way is said in the configuration:
 * {@link dev.ha4j.api.config.Primitive#reloadable}. When another one changes, the resource is restarted.
 */
public interface ReloadableResource extends Resource {

    /**
     * Takes over the parameters in {@link OperationContext#parameters}; returning means that they hold. A reload that fails leads
     * to a restart. Has to be idempotent, like everything else.
     */
    void reload(OperationContext operation) throws Exception;
}
