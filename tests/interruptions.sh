#!/usr/bin/env bash
# Kills runs at random moments, fills the disk, takes the folder away: nothing half-written may have
# a final name, and the next run must end with the very bytes of an undisturbed one.
#
# usage: tests/interruptions.sh PROGRAM [CARDS] [KILLS] [SEED]
set -euo pipefail
program=$(realpath "$1") cards=${2:-2000} kills=${3:-20}
RANDOM=${4:-7}
work=$(mktemp -d)
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$work"' EXIT
cd "$work"
say() { printf '%s\n' "$*"; }
die() { say "FAILED: $*"; exit 1; }

words=(we count the bees and then again every spring when water comes over old stone bridge nobody asks
  who planted trees along this road but children know their names by heart before school begins)
{
  echo 'id,quote,speaker,role'
  for ((card = 1; card <= cards; card++)); do
    quote=
    for ((word = 0; word < 8 + card % 24; word++)); do
      quote+="${words[(card * 7 + word * word * 3 + word) % ${#words[@]}]} "
    done
    echo "card-$card,\"Number $card: ${quote% }.\",Ines Okafor-Lind,head gardener"
  done
} >deck.csv
render() { "$program" render deck.csv --platform og "$@"; }
# What is sent signals must be the program itself, not a shell around it.
start() { exec "$program" render deck.csv --platform og "$@"; }

say "== $cards cards, undisturbed"
start=$(date +%s%N)
render --out calm --quiet
whole=$((($(date +%s%N) - start) / 1000000))
say "$whole ms"

say "== $kills kills, each while pictures are made"
killed=0 finished=0
while [ "$killed" -lt "$kills" ]; do
  # On average the whole run takes as many kills as there are to be.
  pause=$((RANDOM % (1 + whole * 2 / kills)))
  start --out disturbed --quiet 2>err &
  run=$!
  sleep "$(printf '%d.%03d' $((pause / 1000)) $((pause % 1000)))"
  kill -KILL $run 2>/dev/null || true
  code=0
  wait $run 2>/dev/null || code=$?
  [ ! -s err ] || die "$(cat err)"
  if [ $code -eq 0 ]; then
    diff -r calm disturbed || die 'the folders differ'
    finished=$((finished + 1))
    say "finished before it was killed: the same; begun anew"
    rm -rf disturbed
    continue
  fi
  [ $code -eq 137 ] || die "exit code $code"
  killed=$((killed + 1)) whole_files=0
  mkdir -p disturbed
  while read -r file; do
    cmp -s "disturbed/$file" "calm/$file" || die "half a file: $file"
    whole_files=$((whole_files + 1))
  done < <(cd disturbed && find . -name '*.png')
  say "kill $killed after $pause ms: $whole_files whole pictures of $cards"
done
render --out disturbed --quiet
diff -r calm disturbed || die 'the folders differ'
say "$killed kills, $((finished + 1)) runs to the end: the folders are the same"

say '== Ctrl-C'
start --out polite >told 2>&1 &
run=$!
sleep 0.4
kill -INT $run 2>/dev/null || true
code=0
wait $run || code=$?
if [ $code -eq 130 ]; then
  grep -q 'the same command makes the rest' told || die "$(cat told)"
  [ -f polite/manifest.json ] || die 'no manifest of what is done'
elif [ $code -ne 0 ]; then
  die "exit code $code: $(cat told)"
fi
render --out polite --quiet
diff -r calm polite || die 'the folders differ'
say "exit code $code, then the same"

expect_two() { # what, message, command...
  local what=$1 message=$2 code=0
  shift 2
  "$@" >told 2>&1 || code=$?
  [ $code -eq 2 ] || die "$what: exit code $code, $(cat told)"
  grep -q "$message" told || die "$what: $(cat told)"
  say "$what: $(head -1 told)"
}

say '== what cannot be'
expect_two 'vanished input' 'no such file or folder' "$program" render gone.csv --out calm
: >file
expect_two 'a file where the folder should be' 'it is a file' render --out file
if [ "$(id -u)" -ne 0 ]; then
  mkdir locked && chmod 500 locked
  expect_two 'read-only folder' 'permission denied' render --out locked/out
fi
mkdir small
half=$(($(du -sk calm | cut -f1) / 2))
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o "size=${half}k" tmpfs small 2>/dev/null; then
  mounted=$work/small
  expect_two 'full disk' 'the disk is full' render --out small/out
  while read -r file; do
    cmp -s "small/out/$file" "calm/$file" || die "half a file: $file"
  done < <(cd small/out && find . -name '*.png')
  mount -o remount,size=1g "$mounted"
  render --out small/out --quiet
  diff -r calm small/out || die 'the folders differ'
  say 'with more room it ends with the same'
  mount -o remount,ro "$mounted"
  expect_two 'read-only disk' 'the disk is read-only' render --out small/out --force
else
  say 'full disk: not tried, that needs leave to mount one'
fi
say 'all is well'
