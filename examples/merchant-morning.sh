#!/bin/sh
# A merchant's morning, for cron: read the new orders, give them to the factories that a sheet names, say what failed.
#
#   merchant-morning.sh SHEET [FAILED]
#
# SHEET   the allocation sheet (csv, tsv or xlsx); one that is not there yet is no error
# FAILED  where refused rows go, ready to be mended (default: SHEET with .failed.csv)
#
# Quiet when all is well, so that cron mails only what a person has to see. DROPSHIP_PROFILE and DROPSHIP_HOME
# choose the shop; DROPSHIP names the program where it is not on cron's short PATH.
set -u
program=${DROPSHIP:-dropship}
sheet=${1:?"usage: merchant-morning.sh SHEET [FAILED]"}
failed=${2:-$sheet.failed.csv}

# 5: the platform is away, 6: something is unknown, 7: another run is at it. In each case the next run goes on;
# allocating still makes sense, for what can't be sent waits in the queue.
"$program" sync --quiet --deadline 4m
synced=$?
case $synced in
0 | 1 | 5 | 6) ;;
7) exit 0 ;;
*) exit "$synced" ;;
esac

[ -f "$sheet" ] || exit "$synced"
"$program" allocate --quiet --batch "$sheet" --errors "$failed" --wait 60 >/dev/null
status=$?
case $status in
0) rm -f "$failed" ;;
1 | 4) echo "some rows of $sheet were refused: see $failed" >&2 ;;
3) echo "not logged in: run dropship login" >&2 ;;
5) echo "the platform is away: what $sheet asks for is queued, the next sync sends it" >&2 ;;
6) echo "some outcomes are unknown: the next sync asks before anything is sent again" >&2 ;;
esac
exit "$status"
