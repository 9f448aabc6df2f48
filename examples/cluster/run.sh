#!/usr/bin/env bash
# Runs the examples of this folder on one machine, as the engines would start them.
#
# usage: examples/cluster/run.sh PROGRAM [PYTHON]
set -euo pipefail
program=$(realpath "$1") python=${2:-python3}
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
render() { "$program" render "$here/campaign.csv" --platform og,square --quiet "$@" 2>/dev/null; }
merge() { "$program" merge "$here/campaign.csv" --platform og,square --quiet "$@" 2>/dev/null; }

render --out whole

echo '== Kubernetes: four pods at once, one volume'
for index in 0 1 2 3; do
  JOB_COMPLETION_INDEX=$index render --out pods --shard auto/4 &
  pods[index]=$!
done
for pod in "${pods[@]}"; do wait "$pod"; done
merge --out pods
diff -r whole pods

echo '== Slurm: one task after the other'
for index in 5 6 7; do
  SLURM_ARRAY_TASK_ID=$index SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_COUNT=3 \
    render --out tasks --shard auto
done
merge --out tasks
diff -r whole tasks

echo '== AWS Batch: a folder for each'
for index in 0 1; do
  AWS_BATCH_JOB_ARRAY_INDEX=$index AWS_BATCH_JOB_ARRAY_SIZE=2 render --out "batch-$index" --shard auto
done
merge --out joined --part batch-0 --part batch-1
diff -r whole joined

echo '== a shard that did not finish is missed'
render --out part --shard 1/2
if merge --out part; then
  echo 'the missing shard was not noticed' >&2
  exit 1
fi

if "$python" -c 'import pyspark' 2>/dev/null && command -v java >/dev/null; then
  echo '== Spark'
  SPARK_LOCAL_IP=127.0.0.1 "$python" "$here/spark_pipe.py" "$program" "$here/campaign.csv" "$work/spark" 2>spark.log || {
    tail -20 spark.log
    exit 1
  }
  [ "$(find spark -name '*.png' | wc -l)" -eq 8 ]
  for picture in spark/cards/*.png; do
    cmp "$picture" "whole/campaign/$(basename "$picture")"
  done
fi
echo 'the same everywhere'
