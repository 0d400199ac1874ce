"""Compares what Assay shows of a client's calls with what is expected of it."""

from expected import SET

TOKENS = ("input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "reasoning_tokens")


def differences(rows, calls, kpis):
    """What differs, in sentences; empty when nothing does. `rows` are the calls that count, in order."""
    counted = [call for call in calls if call["countable"] and not call["superseded_by"]]
    if len(counted) != len(rows):
        return [f"{len(rows)} calls expected, {len(counted)} counted: {[short(call) for call in counted]}"]
    found = []
    for number, (row, call) in enumerate(zip(rows, counted), start=1):
        for field, wanted in row.items():
            actual = call[field]
            if not (actual is not None if wanted == SET else actual == wanted):
                found.append(f"call {number}: {field} is {actual}, expected {wanted}: {short(call)}")
    return found or kpi_differences(rows, kpis)


def kpi_differences(rows, kpis):
    """The KPIs must be the sums of the rows: what does not count must not have been added either."""
    sums = {"calls": len(rows), "errors": sum(row["status"] == "error" for row in rows)}
    for field in TOKENS:
        known = [row[field] for row in rows if row.get(field) is not None]
        sums[field] = sum(known) if known else None
    return [
        f"KPI {name} is {kpis.get(name)}, expected {wanted}" for name, wanted in sums.items() if kpis.get(name) != wanted
    ]


def short(call):
    return f"{call['dialect']} {call['operation']} {call['request_model']} {call['input_tokens']}/{call['output_tokens']}"
