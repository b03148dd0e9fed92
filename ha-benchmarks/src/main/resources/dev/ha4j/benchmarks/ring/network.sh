#!/usr/bin/env bash
# A network of namespaces on this machine, for the benchmark alone, and Corosync in it. Needs root.
#   network.sh up NODES MTU [MBIT]               a bridge, and a namespace for each node, which sends at most so fast
#   network.sh down NODES
#   network.sh within NODE COMMAND...            runs something in a node's namespace
#   network.sh corosync NODE NODES FOLDER        corosync there, and the load client on standard input and output
set -euo pipefail

prefix=ha4jbench
switch=${prefix}sw
queue_millis=20 # what waits for the wire before packets are dropped

up() { # NODES MTU [MBIT]
    down "$1"
    ip netns add $switch
    ip -n $switch link add name hub type bridge
    ip -n $switch link set hub mtu "$2" up
    for node in $(seq "$1"); do
        ip netns add $prefix"$node"
        ip -n $prefix"$node" link set lo up
        ip -n $prefix"$node" link add name eth0 type veth peer name port"$node" netns $switch
        ip -n $switch link set port"$node" mtu "$2" master hub up
        ip -n $prefix"$node" address add 10.77.0."$node"/24 dev eth0
        ip -n $prefix"$node" link set eth0 mtu "$2" up
        ip -n $prefix"$node" route add 224.0.0.0/4 dev eth0
        if [[ -n ${3:-} ]]; then
            ip netns exec $prefix"$node" tc qdisc add dev eth0 root tbf rate "$3"mbit burst 128kb latency ${queue_millis}ms
        fi
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

within() { # NODE COMMAND...
    exec ip netns exec $prefix"$1" "${@:2}"
}

corosync() { # NODE NODES FOLDER
    configuration "$2" "$3" >"$3/corosync-$1.conf"
    exec ip netns exec $prefix"$1" unshare --mount --ipc --pid --fork --kill-child --mount-proc --propagation private \
        "${BASH_SOURCE[0]}" inside "$1" "$3"
}

inside() { # NODE FOLDER
    for folder in /dev/shm /run /var/lib/corosync; do
        mount -t tmpfs tmpfs $folder
    done
    command corosync -f -c "$2/corosync-$1.conf" >&2 </dev/null &
    "$2/corosync-load"
    kill %1
}

"$@"
