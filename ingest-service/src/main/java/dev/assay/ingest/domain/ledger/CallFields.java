package dev.assay.ingest.domain.ledger;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallOrBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of a call as the units in which records are merged. Fields that mean nothing without each other are one
 * unit: a later record that says "ok" must not keep an earlier one's error text.
 */
final class CallFields {
    /** Set by the ledger, or the stamp by which fields are merged. */
    private static final Set<Integer> APART = Set.of(
            Call.ENVELOPE_FIELD_NUMBER,
            Call.RECORD_KIND_FIELD_NUMBER,
            Call.UPDATE_TIME_US_FIELD_NUMBER,
            Call.SUPERSEDED_BY_FIELD_NUMBER,
            Call.DIMENSIONS_FIELD_NUMBER);

    static final FieldDescriptor METADATA = field(Call.METADATA_FIELD_NUMBER);
    static final FieldDescriptor REQUEST_PARAMS = field(Call.REQUEST_PARAMS_FIELD_NUMBER);

    /** Merged entry by entry. */
    static final List<FieldDescriptor> MAPS = List.of(METADATA, REQUEST_PARAMS);

    static final Unit STATUS = unit(
            Call.STATUS_FIELD_NUMBER,
            Call.ERROR_CLASS_FIELD_NUMBER,
            Call.ERROR_TYPE_FIELD_NUMBER,
            Call.ERROR_MESSAGE_FIELD_NUMBER,
            Call.HTTP_STATUS_FIELD_NUMBER);
    static final Unit TIME_PER_TOKEN = unit(Call.TPOT_US_FIELD_NUMBER, Call.TPOT_APPROXIMATE_FIELD_NUMBER);
    static final Unit REPORTED_COST = unit(Call.REPORTED_COST_FIELD_NUMBER, Call.REPORTED_COST_CURRENCY_FIELD_NUMBER);
    private static final Unit KIND = unit(Call.KIND_FIELD_NUMBER, Call.COUNTABLE_FIELD_NUMBER);

    /** Every unit but the maps and the envelope. */
    static final List<Unit> UNITS = units();

    /** Fields merged as one; set when the first of them is. */
    record Unit(List<FieldDescriptor> fields) {
        boolean isSet(CallOrBuilder call) {
            FieldDescriptor lead = fields.get(0);
            return lead.isRepeated() ? call.getRepeatedFieldCount(lead) > 0 : call.hasField(lead);
        }

        /** Takes all of the unit's fields from another call, those that it does not have among them. */
        void copy(CallOrBuilder from, Call.Builder to) {
            for (FieldDescriptor field : fields) {
                if (field.isRepeated() ? from.getRepeatedFieldCount(field) > 0 : from.hasField(field)) {
                    to.setField(field, from.getField(field));
                } else {
                    to.clearField(field);
                }
            }
        }

        /** A total order of what two calls say: by value where the values have an order, then by canonical bytes. */
        int compare(Call one, Call other) {
            int byLead = FieldValues.compare(fields.get(0), one, other);
            if (byLead != 0) {
                return byLead;
            }
            return fields.size() == 1 ? 0 : Canonical.compare(only(one), only(other));
        }

        private Call only(Call call) {
            Call.Builder only = Call.newBuilder();
            copy(call, only);
            return only.build();
        }
    }

    /** The unit of one field by itself. */
    static Unit unit(int... numbers) {
        return new Unit(Arrays.stream(numbers).mapToObj(CallFields::field).toList());
    }

    static List<Unit> each(int... numbers) {
        return Arrays.stream(numbers).mapToObj(CallFields::unit).toList();
    }

    private static FieldDescriptor field(int number) {
        return Call.getDescriptor().findFieldByNumber(number);
    }

    private static List<Unit> units() {
        List<Unit> units = new ArrayList<>(List.of(STATUS, TIME_PER_TOKEN, REPORTED_COST, KIND));
        Set<Integer> taken = new HashSet<>(APART);
        for (Unit unit : units) {
            unit.fields().forEach(field -> taken.add(field.getNumber()));
        }
        for (FieldDescriptor field : Call.getDescriptor().getFields()) {
            if (!taken.contains(field.getNumber()) && !field.isMapField()) {
                units.add(new Unit(List.of(field)));
            }
        }
        return List.copyOf(units);
    }

    private CallFields() {}
}
