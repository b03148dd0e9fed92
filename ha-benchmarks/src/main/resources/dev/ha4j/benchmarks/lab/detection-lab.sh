#!/usr/bin/env bash
# Network namespaces for measuring how soon a loss is noticed. Needs root and iproute2.
#   detection-lab.sh up|down NODES               a bridge, and a namespace for each node
#   detection-lab.sh exec NODE COMMAND...        runs the command on a node
#   detection-lab.sh cable NODE up|down
#   detection-lab.sh compile FOLDER              the client of Corosync; needs libcpg-dev and a C compiler
#   detection-lab.sh corosync NODE FOLDER TOKEN  Corosync and the client, inside of a node
set -euo pipefail

prefix=ha4jdet
switch=${prefix}sw

up() { # NODES
    down "$1"
    ip netns add $switch
    ip -n $switch link add name hub type bridge
    ip -n $switch link set hub up
    for node in $(seq "$1"); do
        ip netns add $prefix"$node"
        ip -n $prefix"$node" link set lo up
        ip -n $prefix"$node" link add name eth0 type veth peer name port"$node" netns $switch
        ip -n $switch link set port"$node" master hub up
        ip -n $prefix"$node" address add 10.77.0."$node"/24 dev eth0
        ip -n $prefix"$node" link set eth0 up
    done
}

down() { # NODES
    for name in $switch $(seq -f $prefix%g "$1"); do
        ip netns delete "$name" 2>/dev/null || true
    done
}

configuration() { # FOLDER TOKEN
    cat <<END
totem {
    version: 2
    cluster_name: detection
    transport: knet
    crypto_cipher: aes256
    crypto_hash: sha256
    keyfile: $1/corosync.key
    token: $2
    token_coefficient: 0
}
nodelist {
END
    for node in 1 2 3; do
        printf '    node {\n        name: node%s\n        nodeid: %s\n        ring0_addr: 10.77.0.%s\n    }\n' $node $node $node
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

inside() { # NODE FOLDER
    for folder in /dev/shm /run /var/lib/corosync; do
        mount -t tmpfs tmpfs $folder
    done
    # what is remembered of rings survives the process, as on a disk
    mkdir -p "$2/disk-$1"
    mount --bind "$2/disk-$1" /var/lib/corosync
    corosync -f -c "$2/corosync-$1.conf" >&2 </dev/null &
    echo "pid $!"
    "$2/corosync-watch"
    kill -KILL $! 2>/dev/null || true
}

case $1 in
    up | down) "$1" "$2" ;;
    exec) exec ip netns exec $prefix"$2" "${@:3}" ;;
    cable) ip -n $switch link set port"$2" "$3" ;;
    compile)
        [[ -x /usr/sbin/corosync ]] || { echo "corosync is not installed"; exit 1; }
        head -c 256 /dev/zero >"$2/corosync.key"
        cc -O2 -o "$2/corosync-watch" "$2/corosync-watch.c" -lcpg -lpthread
        ;;
    corosync)
        configuration "$3" "$4" >"$3/corosync-$2.conf"
        exec unshare --mount --ipc --propagation private bash "${BASH_SOURCE[0]}" inside "$2" "$3"
        ;;
    inside) inside "$2" "$3" ;;
    *) echo "unknown: $1" >&2; exit 2 ;;
esac
