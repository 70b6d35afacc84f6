# Sourced by the launchers mulua, murpy and mu, which set:
#   name      the program, and the name of its assembly
#   project   its project file
#   folders   the folders whose sources it is made of
#   sources   the patterns of their files
#   options   of dotnet publish
# Builds the program if it is missing or older than its sources, then becomes it.
out="$root/.build/$name"

# What the published program is older than.
is_stale() {
    local patterns=() pattern
    for pattern in "${sources[@]}"; do patterns+=(-o -name "$pattern"); done
    [ ! -e "$out/$name" ] || [ -n "$(find "${folders[@]/#/$root/}" -name obj -prune -o -name bin -prune -o \( "${patterns[@]:1}" \) -newer "$out/$name" -print -quit)" ]
}

# One build at a time, published beside the old one and put into its place whole. What an interrupted build has left of its intermediate files cannot be trusted by the next one.
build() {
    mkdir -p "$root/.build"
    exec 9>"$root/.build/$name.lock"
    flock 9
    if is_stale; then
        echo "$name: building, which happens once and takes about a minute" >&2
        local begun="$root/.build/$name.begun" new="$out.new" log
        [ ! -e "$begun" ] || rm -rf "$(dirname "$root/$project")/obj/Release"
        : >"$begun"
        rm -rf "$new"
        log="$(mktemp)"
        if ! dotnet publish "$root/$project" "${options[@]}" -c Release -o "$new" -v q --nologo >"$log" 2>&1 9>&-; then
            cat "$log" >&2
            rm -f "$log"
            exit 1
        fi
        rm -f "$log"
        touch "$new/$name"
        rm -rf "$out"
        mv "$new" "$out"
        rm -f "$begun"
    fi
    exec 9>&-
}

if is_stale; then build; fi
exec "$out/$name" "$@"
