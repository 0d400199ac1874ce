package dev.assay.ingest.reads;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where the other services tell about a call; paths alone where it is not configured where they are. */
@ApplicationScoped
class CallLinks {
    private final String quality;
    private final String cost;

    CallLinks(
            @ConfigProperty(name = "assay.links.quality") Optional<String> quality,
            @ConfigProperty(name = "assay.links.cost") Optional<String> cost) {
        this.quality = quality.orElse("");
        this.cost = cost.orElse("");
    }

    /**
     * The links of the call of an event id.
     *
     * @param startTime feedback on the call came after it
     */
    Map<String, String> of(String eventId, Instant startTime) {
        String id = URLEncoder.encode(eventId, StandardCharsets.UTF_8).replace("+", "%20");
        Map<String, String> links = new LinkedHashMap<>();
        links.put("trace", "/v1/calls/" + id + "?include=trace");
        links.put("scores", quality + "/v1/scores?event_id=" + id);
        links.put("feedback", quality + "/v1/feedback?max_rating=5&call_event_id=" + id + "&from=" + startTime);
        links.put("cost", cost + "/v1/costs/calls/" + id);
        return links;
    }
}
