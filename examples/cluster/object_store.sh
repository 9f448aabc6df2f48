#!/usr/bin/env bash
# Renders into a bucket of a server on this machine that speaks as Amazon S3 does, as often and in
# as many ways as clusters do, and compares everything with what a folder has.
#
# usage: examples/cluster/object_store.sh PROGRAM [PYTHON]
#
# PROGRAM is built with `--features cloud`; PYTHON has moto (`pip install 'moto[server]'`).
set -euo pipefail
program=$(realpath "$1") python=${2:-python3}
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
touch err
trap 'cat err' ERR
say() { printf '%s\n' "$*"; }
die() { say "FAILED: $*"; exit 1; }

export AWS_ACCESS_KEY_ID=example AWS_SECRET_ACCESS_KEY=example AWS_REGION=us-east-1
export AWS_METADATA_ENDPOINT=http://127.0.0.1:9 # nobody there: nothing of this leaves the machine
free_port() { "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
export AWS_ENDPOINT=http://127.0.0.1:$port
"$python" -m moto.server -H 127.0.0.1 -p "$port" >server.log 2>&1 &
servers+=($!)

# Makes the bucket, lists it, fetches it into a folder.
cat >bucket.py <<'PYTHON'
import json, os, pathlib, sys, time
import boto3

port, command, *arguments = sys.argv[1:]
client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1")
if command == "make":
    for attempt in range(100):
        try:
            client.create_bucket(Bucket="cards")
            break
        except Exception:
            time.sleep(0.3)
    else:
        sys.exit("the server did not start")
if command == "open":
    all = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::cards/*"}
    client.put_bucket_policy(Bucket="cards", Policy=json.dumps({"Statement": [all]}))
pages = client.get_paginator("list_objects_v2").paginate(Bucket="cards", Prefix=(arguments or [""])[0])
for page in pages:
    for item in page.get("Contents", []):
        if command == "list":
            print(item["Key"])
        if command == "fetch":
            path = pathlib.Path(arguments[1], item["Key"].removeprefix(arguments[0]).lstrip("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            found = client.get_object(Bucket="cards", Key=item["Key"])
            path.write_bytes(found["Body"].read())
            kind = {".png": "image/png", ".html": "text/html; charset=utf-8", ".json": "application/json"}
            expected = kind.get(path.suffix, "application/octet-stream")
            assert found["ContentType"] == expected, (path, found["ContentType"])
PYTHON
bucket() { "$python" bucket.py "$port" "$@"; }
bucket make

render() { "$program" render "${table:-$here/campaign.csv}" --platform og,square --quiet "$@" 2>err; }
merge() { "$program" merge "$here/campaign.csv" --platform og,square --quiet "$@" 2>err; }
# A folder also has a lock; else everything must be the same, the records too.
same() {
  rm -rf fetched && mkdir fetched && bucket fetch "$1" fetched
  diff -r -x '*.lock' "$2" fetched || die "$1 is another than $2"
}
sent() { grep -c "\"PUT /cards/.*${1:-}" server.log || true; }

say '== a bucket is as a folder'
render --out folder
render --out s3://cards/spring || die "$(cat err)"
same spring folder

say '== what is unchanged is not sent again'
# Stores tell the age of objects to the second: what was written in the last one is read again, and
# the records are then written once more.
before=$(sent png)
sleep 1
render --out s3://cards/spring
[ "$(sent png)" -eq "$before" ] || die "$(($(sent png) - before)) pictures were sent"
before=$(sent)
sleep 1
render --out s3://cards/spring
[ "$(sent)" -eq "$before" ] || die "$(($(sent) - before)) objects were sent"
sed 's/twice\./twice a day./' "$here/campaign.csv" >campaign.csv
table=campaign.csv
before=$(sent png)
render --out s3://cards/spring
render --out folder
same spring folder
# One row in two sizes.
[ "$(sent png)" -eq $((before + 2)) ] || die "$(($(sent png) - before)) pictures were sent"

say '== what is no longer wanted is removed when asked'
sed -i '/^ferry/d' campaign.csv
render --out s3://cards/spring
bucket list spring >listed && grep -q ferry listed || die 'it is gone already'
render --out s3://cards/spring --prune
render --out folder --prune
same spring folder
table=

say '== shards at once, and merged'
for index in 0 1 2; do
  JOB_COMPLETION_INDEX=$index render --out s3://cards/shards --shard auto/3 &
  pods[index]=$!
done
for pod in "${pods[@]}"; do wait "$pod"; done
merge --out s3://cards/shards || die "$(cat err)"
rm -rf folder && render --out folder
same shards folder
render --out s3://cards/part-1 --shard 1/2
render --out s3://cards/part-2 --shard 2/2
merge --out s3://cards/joined --part s3://cards/part-1 --part s3://cards/part-2 || die "$(cat err)"
same joined folder

say '== killed, and continued'
{
  echo 'id,quote,speaker,role'
  for ((card = 1; card <= 300; card++)); do
    echo "card-$card,Number $card: nobody asks who planted trees along this road.,Ines Okafor-Lind,head gardener"
  done
} >many.csv
table=many.csv
render --out many
for kill in 1 2 3 4; do
  "$program" render many.csv --platform og,square --quiet --out s3://cards/killed 2>/dev/null &
  run=$!
  sleep "2.$kill"
  kill -KILL $run 2>/dev/null || true
  wait $run 2>/dev/null || true
  say "kill $kill: $(bucket list killed/many | wc -l) of 600 pictures are there"
done
before=$(sent png)
render --out s3://cards/killed || die "$(cat err)"
say "the next run sent $(($(sent png) - before)) pictures"
same killed many
table=

say '== a server that fails now and then'
cat >proxy.py <<'PYTHON'
import http.client, http.server, itertools, sys, threading

target, own, fails = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "flaky"
count, lock = itertools.count(1), threading.Lock()

class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            number = next(count)
        if fails and number % 3 == 0:
            return self.answer(503, [], b"<Error><Code>SlowDown</Code></Error>")
        if fails and number % 7 == 0:
            self.close_connection = True
            return self.connection.close()
        client = http.client.HTTPConnection("127.0.0.1", target)
        headers = {name: value for name, value in self.headers.items() if not value.startswith("Bearer")}
        client.request(self.command, self.path, body, headers)
        found = client.getresponse()
        self.answer(found.status, found.getheaders(), found.read())

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

    do_GET = do_PUT = do_POST = do_DELETE = forward

http.server.ThreadingHTTPServer(("127.0.0.1", own), Proxy).serve_forever()
PYTHON
flaky=$(free_port)
"$python" proxy.py "$port" "$flaky" flaky 2>flaky.log &
servers+=($!)
sleep 1
AWS_ENDPOINT=http://127.0.0.1:$flaky render --out s3://cards/flaky || die "$(cat err)"
same flaky folder

say '== as Google speaks'
# Its requests are Amazon's but for who signs them, so that this server answers them too, if they come
# through a proxy that takes Google's tokens off.
google=$(free_port)
"$python" proxy.py "$port" "$google" google 2>google.log &
servers+=($!)
sleep 1
export GOOGLE_BASE_URL=http://127.0.0.1:$google
export GOOGLE_SERVICE_ACCOUNT_KEY='{"client_email": "nobody", "private_key": "none", "private_key_id": "none", "disable_oauth": true}'
bucket open google >open.log
render --out gs://cards/google || die "$(cat err)"
same google folder
before=$(sent png)
sleep 1
render --out gs://cards/google || die "$(cat err)"
[ "$(sent png)" -eq "$before" ] || die "$(($(sent png) - before)) pictures were sent"
same google folder

if command -v azurite-blob >/dev/null && "$python" -c 'import azure.storage.blob' 2>/dev/null; then
  say '== as Azure speaks'
  azure=$(free_port)
  azurite-blob --blobHost 127.0.0.1 --blobPort "$azure" --inMemoryPersistence --skipApiVersionCheck --disableTelemetry >azure.log 2>&1 &
  servers+=($!)
  export AZURE_STORAGE_ACCOUNT_NAME=devstoreaccount1 # the emulator's own, known to all
  export AZURE_STORAGE_ACCOUNT_KEY=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
  export AZURE_STORAGE_ENDPOINT=http://127.0.0.1:$azure/$AZURE_STORAGE_ACCOUNT_NAME
  cat >blobs.py <<'PYTHON'
import os, pathlib, sys, time
from azure.storage.blob import BlobServiceClient

account, key = os.environ["AZURE_STORAGE_ACCOUNT_NAME"], os.environ["AZURE_STORAGE_ACCOUNT_KEY"]
endpoint = os.environ["AZURE_STORAGE_ENDPOINT"]
service = BlobServiceClient(endpoint, {"account_name": account, "account_key": key})
command, *arguments = sys.argv[1:]
container = service.get_container_client("cards")
if command == "make":
    for attempt in range(100):
        try:
            container.create_container()
            break
        except Exception:
            time.sleep(0.3)
    else:
        sys.exit("the server did not start")
if command == "fetch":
    prefix, folder = arguments
    for blob in container.list_blobs(prefix + "/"):
        path = pathlib.Path(folder, blob.name.removeprefix(prefix).lstrip("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(container.download_blob(blob.name).readall())
PYTHON
  "$python" blobs.py make
  render --out az://cards/spring || die "$(cat err)"
  mkdir blobs && "$python" blobs.py fetch spring blobs
  diff -r -x '*.lock' folder blobs || die 'az://cards/spring is another than folder'
  sleep 1
  before=$(grep -c '"PUT' azure.log || true)
  render --out az://cards/spring || die "$(cat err)"
  pictures=$(tail -n +1 azure.log | grep '"PUT' | tail -n +$((before + 1)) | grep -c png || true)
  [ "$pictures" -eq 0 ] || die "$pictures pictures were sent"
fi

if "$python" -c 'import pyspark' 2>/dev/null && command -v java >/dev/null; then
  say '== Spark, into the bucket'
  SPARK_LOCAL_IP=127.0.0.1 "$python" "$here/spark_pipe.py" "$program" "$here/campaign.csv" s3://cards/spark 2>spark.log || die "$(tail -40 spark.log)"
  rm -rf fetched && bucket fetch spark fetched
  [ "$(find fetched -name '*.png' | wc -l)" -eq 8 ] || die 'some are missing'
  for picture in fetched/cards/*.png; do
    cmp "$picture" "folder/campaign/$(basename "$picture")"
  done
fi

say '== what cannot be'
expect_two() { # what, message, command...
  local what=$1 message=$2 code=0
  shift 2
  "$@" || code=$?
  [ $code -eq 2 ] || die "$what: exit code $code, $(cat err)"
  grep -q "$message" err || die "$what: $(cat err)"
  say "$what: $(head -1 err)"
}
expect_two 'no bucket' 'there is no bucket .elsewhere.' render --out s3://elsewhere/spring
expect_two 'no name' 'names no bucket' render --out s3://
expect_two 'no such store' 'there is no way to' render --out ftp://cards/spring
expect_two 'no credentials' 'no credentials were found' \
  env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY bash -c \
  "'$program' render '$here/campaign.csv' --platform og --quiet --out s3://cards/spring 2>err"
AWS_ENDPOINT=http://127.0.0.1:9 expect_two 'nobody there' 'cannot look into' render --out s3://cards/spring
say 'all is well'
