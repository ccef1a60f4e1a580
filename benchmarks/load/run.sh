#!/usr/bin/env bash
# Requests a second over loopback, ours beside others, in one run: each server in a process of its own, the load from another (wrk).
# Needs wrk and node; fetches the peers aimock (npm) and WireMock (Maven Central) into target/peers. Build first:
#   ./mvnw -B -pl benchmarks,gateway-testkit -am package -DskipTests
set -euo pipefail
cd "$(dirname "$0")/../.."
peers=benchmarks/target/peers
seconds=${SECONDS_EACH:-8}
connections=${CONNECTIONS:-16}
mkdir -p "$peers"
[ -d "$peers/node_modules/@copilotkit/aimock" ] || npm install --silent --prefix "$peers" @copilotkit/aimock@1.43.0
wiremock="$peers/wiremock-standalone-3.13.2.jar"
[ -f "$wiremock" ] || ./mvnw -q -B dependency:copy -Dartifact=org.wiremock:wiremock-standalone:3.13.2 -DoutputDirectory="$PWD/$peers"

body='{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Say hello to the gateway."}]}'
cat > "$peers/plain.lua" <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer sk-test-blue-0000"
wrk.body = [[$body]]
LUA
sed 's/"model"/"stream":true,"model"/' "$peers/plain.lua" > "$peers/stream.lua"
mkdir -p "$peers/fixtures" "$peers/mappings"
echo '{"fixtures":[{"match":{"userMessage":"hello"},"response":{"content":"Hello from the gateway, nice to meet you today."}}]}' > "$peers/fixtures/hello.json"
cat > "$peers/mappings/chat.json" <<'JSON'
{"request":{"method":"POST","urlPath":"/v1/chat/completions","bodyPatterns":[{"matchesJsonPath":"$.messages"}]},
 "response":{"status":200,"headers":{"Content-Type":"application/json"},"body":"{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello from the gateway, nice to meet you today.\"},\"finish_reason\":\"stop\"}]}"}}
JSON

load() { # name port script
  for round in 1 2 3; do
    wrk -t1 -c"$connections" -d"${seconds}s" -s "$peers/$3.lua" "http://127.0.0.1:$2/v1/chat/completions" |
      awk -v name="$1" -v kind="$3" -v round="$round" '/Requests\/sec/ {rate=$2} /Non-2xx/ {bad=$0} END {printf "%-28s %-7s round %d %10.0f req/s %s\n", name, kind, round, rate, bad}'
  done
}

serve() { # name port command...
  local name=$1 port=$2; shift 2
  "$@" > "$peers/$name.log" 2>&1 & pid=$!
  for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 0.1; done
  load "$name" "$port" plain
  [ "$name" = mockwebserver-canned ] || [ "$name" = wiremock ] || load "$name" "$port" stream
  kill "$pid"; wait "$pid" 2>/dev/null || true
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
serve mockwebserver-canned 4101 "$java" -Xmx1g -cp gateway-testkit/target/gateway-cli.jar:benchmarks/target/classes dev.gateway4j.benchmarks.CannedServer 4101
serve gateway-server 4102 "$java" -Xmx1g -jar gateway-testkit/target/gateway-cli.jar serve --port 4102
serve aimock 4103 node "$peers/node_modules/.bin/llmock" --port 4103 -f "$peers/fixtures" --log-level silent
serve wiremock 4104 "$java" -Xmx1g -jar "$wiremock" --port 4104 --root-dir "$peers" --no-request-journal --disable-banner
