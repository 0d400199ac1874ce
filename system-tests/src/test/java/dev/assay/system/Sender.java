package dev.assay.system;

import dev.assay.system.Traffic.Sending;
import java.util.List;

/** Sends a batch in one way, once, and says whether it was acknowledged; the caller tries again until it was. */
interface Sender extends AutoCloseable {
    boolean send(String project, List<Sending> batch);

    @Override
    void close();
}
