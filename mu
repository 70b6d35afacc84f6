#!/usr/bin/env bash
# Runs Mu IR in text form, and looks into it.
set -eu
root="$(cd "$(dirname "$(readlink -f "$0")")" && pwd)"
name=mu project=mu-core/mu/mu.csproj folders=(mu-core) sources=('*.cs' '*.csproj') options=()
. "$root/launch.sh"
