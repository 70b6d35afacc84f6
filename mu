#!/usr/bin/env bash
# Runs Mu IR in text form: builds what is missing or older than its sources, then starts at once.
set -eu
root="$(cd "$(dirname "$(readlink -f "$0")")" && pwd)"
out="$root/.build/mu"
if [ ! -e "$out/mu" ] || [ -n "$(find "$root/mu-core" -name obj -prune -o -name bin -prune -o \( -name '*.cs' -o -name '*.csproj' \) -newer "$out/mu" -print -quit)" ]; then
    echo "mu: building, which happens once and takes some seconds" >&2
    log="$(mktemp)"
    if ! dotnet publish "$root/mu-core/mu/mu.csproj" -c Release -o "$out" -v q --nologo >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
    touch "$out/mu"
fi
exec "$out/mu" "$@"
