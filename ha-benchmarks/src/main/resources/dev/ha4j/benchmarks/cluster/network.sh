#!/usr/bin/env bash
# A network of namespaces on this machine, for one benchmark alone, and Corosync in it. Needs root and iproute2.
#   network.sh NAME up NODES MTU [MBIT]      a bridge, and a namespace for each node, which sends at most so fast
#   network.sh NAME down NODES
#   network.sh NAME within NODE COMMAND...   runs something in a node's namespace
#   network.sh NAME cable NODE up|down
#   network.sh NAME compile SOURCE CLIENT    a client of Corosync; needs corosync, libcpg-dev and a C compiler
#   network.sh NAME corosync NODE NODES FOLDER TOKEN COEFFICIENT
#                                            Corosync on a node, and FOLDER/client on standard input and output
set -euo pipefail

prefix=ha4j$1
switch=${prefix}sw
queue_millis=20 # what waits for the wire before packets are dropped

up() { # NODES MTU [MBIT]
    down "$1"
    ip netns add "$switch"
    ip -n "$switch" link add name hub type bridge
    ip -n "$switch" link set hub mtu "$2" up
    for node in $(seq "$1"); do
        ip netns add "$prefix$node"
        ip -n "$prefix$node" link set lo up
        ip -n "$prefix$node" link add name eth0 type veth peer name port"$node" netns "$switch"
        ip -n "$switch" link set port"$node" mtu "$2" master hub up
        ip -n "$prefix$node" address add 10.77.0."$node"/24 dev eth0
        ip -n "$prefix$node" link set eth0 mtu "$2" up
        ip -n "$prefix$node" route add 224.0.0.0/4 dev eth0
        if [[ -n ${3:-} ]]; then
            ip netns exec "$prefix$node" tc qdisc add dev eth0 root tbf rate "$3"mbit burst 128kb latency ${queue_millis}ms
        fi
    done
}

down() { # NODES
    for name in "$switch" $(seq -f "$prefix%g" "$1"); do
        ip netns delete "$name" 2>/dev/null || true
    done
}

within() { # NODE COMMAND...
    exec ip netns exec "$prefix$1" "${@:2}"
}

cable() { # NODE up|down
    ip -n "$switch" link set port"$1" "$2"
}

compile() { # SOURCE CLIENT
    [[ -x /usr/sbin/corosync ]] || { echo "corosync is not installed"; exit 1; }
    [[ -f /usr/include/corosync/cpg.h ]] || { echo "libcpg-dev is not installed"; exit 1; }
    cc -O2 -o "$2" "$1" -lcpg -lpthread
}

configuration() { # NODES FOLDER TOKEN COEFFICIENT
    cat <<EOF
totem {
    version: 2
    cluster_name: benchmark
    transport: knet
    crypto_cipher: aes256
    crypto_hash: sha256
    keyfile: $2/corosync.key
    token: $3
    token_coefficient: $4
}
nodelist {
EOF
    for node in $(seq "$1"); do
        printf '    node {\n        name: node%s\n        nodeid: %s\n        ring0_addr: 10.77.0.%s\n    }\n' "$node" "$node" "$node"
    done
    cat <<EOF
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
EOF
}

corosync() { # NODE NODES FOLDER TOKEN COEFFICIENT
    configuration "${@:2}" >"$3/corosync-$1.conf"
    exec ip netns exec "$prefix$1" unshare --mount --ipc --propagation private \
        bash "${BASH_SOURCE[0]}" "${prefix#ha4j}" inside "$1" "$3"
}

inside() { # NODE FOLDER
    for folder in /dev/shm /run /var/lib/corosync; do
        mount -t tmpfs tmpfs $folder
    done
    # what is remembered of rings survives the process, as on a disk
    mkdir -p "$2/disk-$1"
    mount --bind "$2/disk-$1" /var/lib/corosync
    command corosync -f -c "$2/corosync-$1.conf" >&2 </dev/null &
    echo "pid $!"
    "$2/client"
    kill -KILL $! 2>/dev/null || true
}

"${@:2}"
