package dev.ha4j.api.config;

/** A resource as configured: a primitive, a group of primitives, or a clone of one of these. */
public sealed interface ResourceSpec permits Primitive, Group, Clone {

    /** Name, unique among all resources of the cluster. */
    String id();

    MetaOptions meta();
}
