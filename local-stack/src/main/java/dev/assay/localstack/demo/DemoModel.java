package dev.assay.localstack.demo;

/** The models that take the place of the recorded one: as asked for, and as answered. */
enum DemoModel {
    GPT_4O_MINI("gpt-4o-mini", "gpt-4o-mini-2024-07-18", 1.0),
    GPT_41_MINI("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14", 0.9),
    GPT_4O("gpt-4o", "gpt-4o-2024-08-06", 1.3),
    GPT_41("gpt-4.1", "gpt-4.1-2025-04-14", 1.4),
    /** Fine-tuned in the house: nobody has a price for it. */
    IN_HOUSE("support-7b", "support-7b", 0.7);

    /** The recorded model, as asked for. */
    static final String RECORDED_REQUEST = "gpt-4o-mini";

    /** The recorded model, as answered. */
    static final String RECORDED_RESPONSE = "gpt-4o-mini-2024-07-18";

    private final String request;
    private final String response;
    private final double slowness;

    DemoModel(String request, String response, double slowness) {
        this.request = request;
        this.response = response;
        this.slowness = slowness;
    }

    String request() {
        return request;
    }

    String response() {
        return response;
    }

    double slowness() {
        return slowness;
    }
}
