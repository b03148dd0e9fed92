/**
 * The log on disk: checksummed entries behind checkpoints. Open {@link dev.ha4j.controller.storage.LogStore} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.storage;
