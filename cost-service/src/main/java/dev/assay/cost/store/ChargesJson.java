package dev.assay.cost.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cost.domain.pricing.Charge;
import dev.assay.cost.domain.pricing.ChargeClass;
import dev.assay.cost.domain.pricing.Decimals;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A bill's lines as the ledger keeps them: decimals as text, so that no digit is lost on the way. */
final class ChargesJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChargesJson() {}

    static String write(List<Charge> charges) {
        StringWriter text = new StringWriter(160 * charges.size() + 2);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (Charge charge : charges) {
                json.writeStartObject();
                json.writeStringField("class", charge.chargeClass().label());
                json.writeStringField("quantity", Decimals.text(charge.quantity()));
                json.writeStringField("unit_price", charge.unitPrice().toPlainString());
                json.writeStringField("rate", charge.rate());
                json.writeStringField("amount", charge.amount().toPlainString());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static List<Charge> read(String text) {
        List<Charge> charges = new ArrayList<>();
        try {
            for (JsonNode node : JSON.readTree(text)) {
                charges.add(new Charge(
                        ChargeClass.ofLabel(node.path("class").asText()),
                        new BigDecimal(node.path("quantity").asText()),
                        new BigDecimal(node.path("unit_price").asText()),
                        node.path("rate").asText(),
                        new BigDecimal(node.path("amount").asText())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger's charges are no JSON", e);
        }
        return charges;
    }
}
