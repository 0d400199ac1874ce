package dev.assay.platform.sink;

import dev.assay.contracts.Topics;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.kafka.common.TopicPartition;

/** The offsets in {@code consumer_offset}, read when a partition is assigned. Blocking: for Kafka's polling thread. */
@ApplicationScoped
class StoredOffsets {
    private static final String READ_OR_START = """
            insert into consumer_offset as o (topic_id, partition_id, next_offset, published_offset)
            values (?, ?, ?, ?)
            on conflict (topic_id, partition_id) do update set next_offset = o.next_offset
            returning next_offset, published_offset""";

    private final AgroalDataSource database;

    StoredOffsets(AgroalDataSource database) {
        this.database = database;
    }

    /** The stored position of a partition; a partition never seen starts at {@code beginning}. */
    Position read(TopicPartition partition, long beginning) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ_OR_START)) {
            statement.setShort(1, Topics.id(partition.topic()));
            statement.setInt(2, partition.partition());
            statement.setLong(3, beginning);
            statement.setLong(4, beginning);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Position(row.getLong(1), row.getLong(2));
            }
        }
    }
}
