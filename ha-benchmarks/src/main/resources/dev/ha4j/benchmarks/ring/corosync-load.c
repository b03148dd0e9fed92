/*
 * Load client of the ring benchmark for Corosync, on libcpg. Understands the lines that BenchmarkNode understands:
 *   prepare SIZE SENDERS PER_SECOND WARM_UP_MILLIS MILLIS   answered by: prepared
 *   go                                                      answered by: result PER_SECOND P50_NANOS P99_NANOS DELIVERED HASH
 * cc -O2 corosync-load.c -lcpg -lpthread
 */
#include <corosync/corotypes.h>
#include <corosync/cpg.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NODES 3
#define LONE_SENDER 2
#define MAX_LATENCIES (1 << 20)
#define HASH_FACTOR UINT64_C(0x100000001B3)
#define BACK_OFF_NANOS 50000
#define DRAIN_NANOS INT64_C(10000000000)

struct stamp {
    int64_t sent_nanos;
    uint32_t number;
    uint8_t sender;
    uint8_t last;
} __attribute__((packed));

static struct {
    int size, senders, per_second, warm_up_millis, millis;
} load;

static cpg_handle_t cpg;
static struct cpg_name group = {.length = 9, .value = "benchmark"};
static unsigned self;
static atomic_int complete;
static atomic_long delivered;
static atomic_int senders_going;
static atomic_llong count_from = INT64_MAX;
static uint64_t hash;
static int64_t latencies[MAX_LATENCIES];
static int latency_count;

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void park(int64_t until) {
    struct timespec t = {until / 1000000000, until % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) != 0) {
    }
}

static void on_delivery(cpg_handle_t h, const struct cpg_name *g, uint32_t node, uint32_t pid, void *bytes, size_t n) {
    struct stamp s;
    memcpy(&s, bytes, sizeof s);
    hash = (hash ^ ((uint64_t)s.sender << 32 | s.number)) * HASH_FACTOR;
    if (load.per_second > 0 && s.sender == self && s.sent_nanos >= count_from && latency_count < MAX_LATENCIES) {
        latencies[latency_count++] = now() - s.sent_nanos;
    }
    delivered++;
    if (s.last) {
        senders_going--;
    }
}

static void on_change(cpg_handle_t h, const struct cpg_name *g, const struct cpg_address *members, size_t count,
                      const struct cpg_address *left, size_t left_count, const struct cpg_address *joined, size_t n) {
    complete = count == NODES;
}

static void *dispatch(void *unused) {
    cpg_dispatch(cpg, CS_DISPATCH_BLOCKING);
    return NULL;
}

static void send_one(char *message, uint32_t number, int last) {
    struct stamp s = {now(), number, self, last};
    struct iovec part = {message, load.size};
    struct timespec back_off = {0, BACK_OFF_NANOS};
    memcpy(message, &s, sizeof s);
    while (cpg_mcast_joined(cpg, CPG_TYPE_AGREED, &part, 1) == CS_ERR_TRY_AGAIN) {
        nanosleep(&back_off, NULL);
    }
}

static int is_sender(void) {
    return load.senders > 1 ? self <= (unsigned)load.senders : self == LONE_SENDER;
}

static void *send_all(void *begin) {
    int64_t begin_nanos = *(int64_t *)begin;
    int64_t until = begin_nanos + (load.warm_up_millis + load.millis) * INT64_C(1000000);
    char *message = calloc(1, load.size);
    uint32_t number = 0;
    while (now() < until) {
        if (load.per_second > 0) {
            park(begin_nanos + number * (INT64_C(1000000000) * load.senders / load.per_second));
        }
        send_one(message, number++, 0);
    }
    send_one(message, number, 1);
    free(message);
    return NULL;
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t latency(double fraction) {
    int i = latency_count * fraction;
    return latency_count == 0 ? 0 : latencies[i < latency_count ? i : latency_count - 1];
}

static void run(void) {
    pthread_t sender;
    int64_t begin = now(), from = begin + load.warm_up_millis * INT64_C(1000000);
    if (is_sender()) {
        pthread_create(&sender, NULL, send_all, &begin);
    }
    park(from);
    count_from = now();
    long before = delivered;
    int64_t before_nanos = now();
    park(from + load.millis * INT64_C(1000000));
    long counted = delivered - before;
    double seconds = (now() - before_nanos) / 1e9;
    if (is_sender()) {
        pthread_join(sender, NULL);
    }
    for (int64_t until = now() + DRAIN_NANOS; senders_going > 0;) {
        if (now() > until) {
            printf("failed not all was delivered\n");
            return;
        }
        park(now() + 1000000);
    }
    qsort(latencies, latency_count, sizeof *latencies, by_size);
    printf("result %ld %" PRId64 " %" PRId64 " %ld %" PRId64 "\n", (long)(counted / seconds + 0.5), latency(0.5),
           latency(0.99), (long)delivered, (int64_t)hash);
}

static void prepare(void) {
    count_from = INT64_MAX;
    latency_count = 0;
    delivered = 0;
    hash = 0;
    senders_going = load.senders;
    printf("prepared\n");
}

static int join(void) {
    cpg_model_v1_data_t callbacks = {.model = CPG_MODEL_V1, .cpg_deliver_fn = on_delivery, .cpg_confchg_fn = on_change};
    pthread_t thread;
    int64_t until = now() + DRAIN_NANOS;
    while (cpg_model_initialize(&cpg, CPG_MODEL_V1, (cpg_model_data_t *)&callbacks, NULL) != CS_OK) {
        if (now() > until) {
            return 0;
        }
        park(now() + 50000000);
    }
    while (cpg_join(cpg, &group) == CS_ERR_TRY_AGAIN) {
        park(now() + 5000000);
    }
    cpg_local_get(cpg, &self);
    pthread_create(&thread, NULL, dispatch, NULL);
    while (!complete && now() < until) {
        park(now() + 5000000);
    }
    return complete;
}

int main(void) {
    char line[256];
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf(join() ? "ready\n" : "failed to find the others\n");
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "prepare %d %d %d %d %d", &load.size, &load.senders, &load.per_second, &load.warm_up_millis,
                   &load.millis) == 5) {
            prepare();
        } else {
            run();
        }
    }
    return 0;
}
