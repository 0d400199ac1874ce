package dev.assay.cost.api;

import java.util.List;

/** The ledger's calls as CSV: a line a call, its classes in one field as {@code class=amount} joined by a semicolon. */
final class LedgerCsv {
    static final String HEADER = "event_id,start_time,environment,app,endpoint,provider,request_model,response_model,"
            + "service_tier,user_id,task_id,list_cost,currency,price_version,price_key,price_match,price_assumed,"
            + "unpriced_reason,unpriced_detail,classes,reported_cost,reported_cost_currency\r\n";

    private LedgerCsv() {}

    static String of(List<PricedCallView> calls) {
        StringBuilder csv = new StringBuilder(HEADER);
        calls.forEach(call -> csv.append(line(call)));
        return csv.toString();
    }

    private static String line(PricedCallView call) {
        StringBuilder classes = new StringBuilder();
        call.classes()
                .forEach(one -> classes.append(classes.isEmpty() ? "" : ";")
                        .append(one.chargeClass())
                        .append('=')
                        .append(one.amount()));
        return new CsvLine()
                .text(call.eventId())
                .own(call.startTime())
                .text(call.environment())
                .text(call.app())
                .text(call.endpoint())
                .text(call.provider())
                .text(call.requestModel())
                .text(call.responseModel())
                .text(call.serviceTier())
                .text(call.userId())
                .text(call.taskId())
                .own(call.listCost())
                .own(call.currency())
                .own(call.priceVersion())
                .text(call.priceKey())
                .own(call.priceMatch())
                .own(call.priceAssumed())
                .own(call.unpricedReason())
                .text(call.unpricedDetail())
                .own(classes)
                .own(call.reportedCost())
                .text(call.reportedCostCurrency())
                .end();
    }
}
