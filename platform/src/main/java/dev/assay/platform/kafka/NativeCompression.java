package dev.assay.platform.kafka;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import net.jpountz.lz4.LZ4Factory;
import org.jboss.logging.Logger;

/**
 * Has Kafka's clients compress by LZ4's own library, before any is made.
 *
 * <p>LZ4's {@code fastestInstance} takes it unasked only when the application's class loader is the JVM's, which under Quarkus it is not:
 * Kafka would then compress in checked Java, at several times the cost.
 */
@ApplicationScoped
public class NativeCompression {
    private static final Logger LOG = Logger.getLogger(NativeCompression.class);

    void load(@Observes @Priority(1) StartupEvent event) {
        try {
            LZ4Factory.nativeInstance();
        } catch (LinkageError | AssertionError | RuntimeException absent) {
            // no library for this processor, or no place to unpack it: Java does it, slower
            LOG.debugf(absent, "LZ4 in Java");
        }
        LOG.infof("Kafka compresses by %s", LZ4Factory.fastestInstance());
    }
}
