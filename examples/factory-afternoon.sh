#!/bin/sh
# A factory's afternoon, for cron: read what was given to it, ship what the packing station exported.
#
#   factory-afternoon.sh OUTBOX
#
# OUTBOX  a folder into which the packing station writes its sheets (*.csv, *.tsv, *.xlsx)
#
# A sheet whose rows are all settled moves to OUTBOX/done; refused rows stand beside it as NAME.failed.csv. A sheet
# that is run twice ships nothing twice. Quiet when all is well.
set -u
program=${DROPSHIP:-dropship}
outbox=${1:?"usage: factory-afternoon.sh OUTBOX"}

"$program" sync --quiet --deadline 4m
synced=$?
case $synced in
0 | 1 | 5 | 6) ;;
7) exit 0 ;;
*) exit "$synced" ;;
esac

mkdir -p "$outbox/done" || exit 74
worst=$synced
for sheet in "$outbox"/*.csv "$outbox"/*.tsv "$outbox"/*.xlsx; do
    case $sheet in *.failed.csv) continue ;; esac
    [ -f "$sheet" ] || continue
    failed=$sheet.failed.csv
    "$program" ship --quiet --batch "$sheet" --errors "$failed" --wait 60 >/dev/null
    status=$?
    case $status in
    0) rm -f "$failed" && mv "$sheet" "$outbox/done/" ;;
    1) mv "$sheet" "$outbox/done/" && echo "some rows were refused: see $failed" >&2 ;;
    4) echo "every row was refused: see $failed" >&2 ;;
    5 | 6) echo "$sheet waits: the next run goes on with it" >&2 ;;
    *) echo "$sheet could not be run (status $status)" >&2 ;;
    esac
    [ "$status" -eq 0 ] || worst=$status
done
exit "$worst"
