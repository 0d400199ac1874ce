package dev.assay.ingest.http;

/** The decompressed body of a request: the first {@code length} bytes of {@code bytes}. */
public record Body(byte[] bytes, int length) {}
