# Starts a Collector in front of Assay, lets a client send to it alone, and ends it, which makes it send what it holds.
# Arguments: the Collector, a free port, and the client.
set -euo pipefail
collector=$1
export COLLECTOR_PORT=$2
shift 2
"$collector" --config "$(dirname "$0")/client.yaml" &
pid=$!
trap 'kill "$pid"; wait "$pid" || true' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$COLLECTOR_PORT") 2>/dev/null; do
  kill -0 "$pid"
  sleep 0.1
done
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:$COLLECTOR_PORT "$@"
