# For the scripts that run in a machine of scripts/vm.sh: they say where they are, and wait for nothing without end.
step() { # WHAT...
    echo "step: $(cut -d ' ' -f 1 /proc/uptime) s: $*"
}

await() { # SECONDS WHAT COMMAND...: ends the script where that does not come true in time
    left=$1
    what=$2
    shift 2
    until "$@" 2>/dev/null; do
        if [ "$left" -le 0 ]; then
            step "gave up waiting for $what; what runs:"
            ps | grep -v '\[.*\]'
            exit 1
        fi
        left=$((left - 1))
        sleep 1
    done
    step "there is $what"
}
