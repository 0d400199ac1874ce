package dev.assay.ingest.domain.call;

/**
 * Events of one request that share a partition, as one record.
 *
 * @param key of the first of them: it belongs to the partition, as the keys of all do
 * @param events how many they are
 */
public record PackedRecord(int partition, byte[] key, byte[] value, int events) {}
