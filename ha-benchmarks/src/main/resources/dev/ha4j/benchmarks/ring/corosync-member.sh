#!/usr/bin/env bash
# A Corosync ring in network namespaces on this machine, for the benchmark alone. Needs root.
#   corosync-member.sh network up|down NODES     a bridge, and a namespace for each node
#   corosync-member.sh run NODE NODES FOLDER     one node: corosync, and the load client on standard input and output
set -euo pipefail

prefix=ha4jbench
switch=${prefix}sw
mtu=65521 # the benchmark's JVMs are on loopback, which has packets of 64 KiB: Corosync gets as much

up() { # NODES
    down "$1"
    ip netns add $switch
    ip -n $switch link add name hub type bridge
    ip -n $switch link set hub mtu $mtu up
    for node in $(seq "$1"); do
        ip netns add $prefix"$node"
        ip -n $prefix"$node" link set lo up
        ip -n $prefix"$node" link add name eth0 type veth peer name port"$node" netns $switch
        ip -n $switch link set port"$node" mtu $mtu master hub up
        ip -n $prefix"$node" address add 10.77.0."$node"/24 dev eth0
        ip -n $prefix"$node" link set eth0 mtu $mtu up
    done
}

down() { # NODES
    for name in $switch $(seq -f $prefix%g "$1"); do
        ip netns delete "$name" 2>/dev/null || true
    done
}

configuration() { # NODES FOLDER
    cat <<END
totem {
    version: 2
    cluster_name: benchmark
    transport: knet
    crypto_cipher: aes256
    crypto_hash: sha256
    keyfile: $2/corosync.key
    token: 1000
}
nodelist {
END
    for node in $(seq "$1"); do
        printf '    node {\n        name: node%s\n        nodeid: %s\n        ring0_addr: 10.77.0.%s\n    }\n' "$node" "$node" "$node"
    done
    cat <<END
}
quorum {
    provider: corosync_votequorum
}
system {
    sched_rr: ${SCHED_RR:-no}
    priority: 0
}
logging {
    to_syslog: no
    to_stderr: yes
}
END
}

run() { # NODE NODES FOLDER
    configuration "$2" "$3" >"$3/corosync-$1.conf"
    exec ip netns exec $prefix"$1" unshare --mount --ipc --pid --fork --kill-child --mount-proc --propagation private \
        "${BASH_SOURCE[0]}" inside "$1" "$3"
}

inside() { # NODE FOLDER
    for folder in /dev/shm /run /var/lib/corosync; do
        mount -t tmpfs tmpfs $folder
    done
    corosync -f -c "$2/corosync-$1.conf" >&2 </dev/null &
    "$2/corosync-load"
    kill %1
}

case $1 in
    network) "$2" "$3" ;;
    *) "$@" ;;
esac
