#!/bin/sh
# Has tshark print anew the values of all vectors in this directory. To add a field, add a line "name =" and run this.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for vector in *.txt; do
    link=$(sed -n 's/^link //p' "$vector")
    sed -n 's/^bytes //p' "$vector" | tr -d '\n' | sed 's/../& /g; s/^/0000 /' >"$tmp/hex"
    text2pcap -q -F pcap -l "$link" "$tmp/hex" "$tmp/pcap" 2>/dev/null
    sed -n 's/^\([a-z][a-z0-9_.]*\) =.*/\1/p' "$vector" >"$tmp/names"
    # shellcheck disable=SC2046
    tshark -n -r "$tmp/pcap" -o ip.defragment:FALSE -o ipv6.defragment:FALSE -o ip.check_checksum:TRUE \
        -o udp.check_checksum:TRUE -o tcp.check_checksum:TRUE -o tcp.relative_sequence_numbers:FALSE -T fields -E separator=/t -E aggregator=, \
        $(sed 's/^/-e /' "$tmp/names") 2>/dev/null | tr '\t' '\n' >"$tmp/values"
    {
        grep -E '^(#|link|bytes) ' "$vector"
        paste "$tmp/names" "$tmp/values" | awk -F '\t' '{ print $1 " =" ($2 == "" ? "" : " " $2) }'
    } >"$tmp/new"
    cat "$tmp/new" >"$vector"
done
