package dev.assay.client;

/**
 * What has become of the events given to a client since it was made: {@code recorded = accepted + rejected + dropped +
 * waiting}.
 *
 * @param recorded all that were given to it
 * @param accepted stored durably by Assay
 * @param rejected refused by Assay for good: bad values, or a key that may not
 * @param dropped lost here: the queue was full, Assay was away for too long, or the client was closed first
 * @param waiting in the queue or on their way
 */
public record ClientStatistics(long recorded, long accepted, long rejected, long dropped, long waiting) {}
