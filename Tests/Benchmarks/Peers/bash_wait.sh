#!/usr/bin/env bash
# bash_wait.sh WORKERS ITEMS PROGRAM [ARG…]: runs the program once for each line of ITEMS, so many at a time.
workers=$1 items=$2
shift 2
running=0
while read -r item; do
  if ((running == workers)); then
    wait -n
    ((running--))
  fi
  "$@" "$item" &
  ((running++))
done <"$items"
wait
