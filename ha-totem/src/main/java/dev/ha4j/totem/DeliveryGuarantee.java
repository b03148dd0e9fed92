package dev.ha4j.totem;

/** When an ordered message may be delivered. */
public enum DeliveryGuarantee {
    /** As soon as every message before it has been delivered. */
    AGREED,
    /**
     * As soon as, besides, every member of the ring is known to hold it: the token's all-received-up-to has passed it in
     * two consecutive rotations.
     */
    SAFE
}
