/* Says of each ring of Corosync how many members it has, and when it was heard of: ring MEMBERS NANOS. Ends with its input. */
#include <corosync/corotypes.h>
#include <corosync/cpg.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define TRIES 600
#define PAUSE_NANOS 50000000

static void on_ring(cpg_handle_t h, struct cpg_ring_id id, uint32_t count, const uint32_t *members) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    printf("ring %" PRIu32 " %" PRId64 "\n", count, t.tv_sec * INT64_C(1000000000) + t.tv_nsec);
}

static void on_delivery(cpg_handle_t h, const struct cpg_name *g, uint32_t node, uint32_t pid, void *b, size_t n) {}

static void on_change(cpg_handle_t h, const struct cpg_name *g, const struct cpg_address *members, size_t count,
                      const struct cpg_address *left, size_t left_count, const struct cpg_address *joined, size_t n) {}

static void *await_end(void *unused) {
    char byte;
    while (read(0, &byte, 1) > 0) {
    }
    exit(0);
}

int main(void) {
    cpg_model_v1_data_t callbacks = {
        .model = CPG_MODEL_V1,
        .cpg_deliver_fn = on_delivery,
        .cpg_confchg_fn = on_change,
        .cpg_totem_confchg_fn = on_ring,
        .flags = CPG_MODEL_V1_DELIVER_INITIAL_TOTEM_CONF,
    };
    struct cpg_name group = {.length = 5, .value = "watch"};
    struct timespec pause = {0, PAUSE_NANOS};
    pthread_t thread;
    cpg_handle_t cpg;
    int tries = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    pthread_create(&thread, NULL, await_end, NULL);
    while (cpg_model_initialize(&cpg, CPG_MODEL_V1, (cpg_model_data_t *)&callbacks, NULL) != CS_OK) {
        if (++tries > TRIES) {
            printf("failed to reach corosync\n");
            return 1;
        }
        nanosleep(&pause, NULL);
    }
    while (cpg_join(cpg, &group) == CS_ERR_TRY_AGAIN) {
        nanosleep(&pause, NULL);
    }
    cpg_dispatch(cpg, CS_DISPATCH_BLOCKING);
    return 0;
}
