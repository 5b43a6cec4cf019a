/**
 * Asks a service for its health until it answers well or the time is over. Arguments: seconds, then
 * `http URL`, `grpc URL SERVICE` or `tcp HOST PORT`. Prints the time of the first healthy answer in milliseconds;
 * otherwise the last answer, and ends with 1.
 *
 * gRPC is asked with curl: a health request is one length-prefixed frame with field 1, the service's name, and
 * SERVING is the answer `08 01` (grpc.health.v1).
 */
export const probeScript = String.raw`
limit=$1 kind=$2
shift 2
deadline=$(( $(date +%s) + limit ))
ask() {
  case $kind in
  http)
    code=$(curl -sS -o /tmp/body -w '%{http_code}' --max-time 2 "$1" 2>/tmp/error) || { answer=$(cat /tmp/error); return 1; }
    answer="answered $code: $(head -c 500 /tmp/body)"
    [ "$code" -ge 200 ] && [ "$code" -lt 300 ] ;;
  grpc)
    name=$2
    frame() {
      [ -z "$name" ] && { printf '\0\0\0\0\0'; return; }
      length=$(printf %s "$name" | wc -c)
      printf "\0\0\0\0\x$(printf %02x $((length + 2)))\x0a\x$(printf %02x "$length")%s" "$name"
    }
    frame | curl -sS -o /tmp/body -D /tmp/head --http2-prior-knowledge --max-time 2 --data-binary @- \
      -H 'content-type: application/grpc' -H 'te: trailers' "$1" 2>/tmp/error || { answer=$(cat /tmp/error); return 1; }
    status=$(tail -c +6 /tmp/body | od -An -tx1 | tr -d ' \n')
    answer="grpc health answered 0x$status $(grep -i '^grpc-' /tmp/head | tr -d '\r' | tr '\n' ' ')"
    [ "$status" = 0801 ] ;;
  tcp)
    answer="no connection to port $2"
    timeout 2 bash -c "exec 3<>/dev/tcp/$1/$2" 2>/dev/null ;;
  esac
}
until ask "$@"; do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo "Not healthy after $limit s. Last: $answer" >&2
    exit 1
  fi
  sleep 0.05
done
date +%s%3N
`
