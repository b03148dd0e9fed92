package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configured resource. */
public sealed interface ResourceEntry {

    String id();

    /** All attributes as written, which count as meta attributes. */
    Map<String, String> attributes();

    List<AttributeSet> meta();

    List<AttributeSet> parameters();

    /**
     * A single resource.
     *
     * @param template name of the template that was merged into it
     */
    record Primitive(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            List<AttributeSet> utilization,
            List<OperationEntry> operations,
            @Nullable String template)
            implements ResourceEntry {}

    /** Resources that run together and one after the other. */
    record Group(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            List<Primitive> members)
            implements ResourceEntry {}

    /** A resource that runs on several nodes. */
    record Clone(
            String id,
            Map<String, String> attributes,
            List<AttributeSet> meta,
            List<AttributeSet> parameters,
            ResourceEntry child)
            implements ResourceEntry {}
}
