package dev.assay.ingest.domain.langfuse;

import dev.assay.ingest.domain.call.Refusal;

/** An item cannot be taken in; the refusal names the field and the rule. */
final class BadItem extends Exception {
    private final transient Refusal refusal;

    BadItem(String field, String reason) {
        super(field + " " + reason, null, false, false);
        this.refusal = new Refusal(field, reason);
    }

    Refusal refusal() {
        return refusal;
    }
}
