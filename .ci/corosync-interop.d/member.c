/*
 * A client of a real daemon for the check. Takes the orders of LoadMember.java and answers like it; see there.
 * cc -O2 member.c -lcpg -lpthread
 */
#include <corosync/corotypes.h>
#include <corosync/cpg.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_PHASES 65536 /* some checks begin phases for a given time, as fast as the ring is */
#define MAX_NODES 8
#define HEADER_BYTES 8
#define FNV_OFFSET UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)
#define ATTEMPTS 60000 /* a millisecond each: as patient as the check */

static struct {
    uint64_t checksum, delivered;
    uint32_t last[MAX_NODES], gaps[MAX_NODES];
} phases[MAX_PHASES];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static cpg_handle_t cpg;
static struct cpg_name group = {.length = 7, .value = "interop"};

static void wait_a_little(void) {
    struct timespec t = {0, 1000000};
    nanosleep(&t, NULL);
}

static void mix(uint64_t *checksum, uint32_t value) {
    *checksum = (*checksum ^ value) * FNV_PRIME;
}

static void delivered(cpg_handle_t h, const struct cpg_name *g, uint32_t node, uint32_t pid, void *bytes, size_t n) {
    uint32_t phase, number;
    memcpy(&phase, bytes, 4);
    memcpy(&number, (char *)bytes + 4, 4);
    if (n < HEADER_BYTES || phase >= MAX_PHASES || node >= MAX_NODES) {
        printf("unknown message: phase %" PRIu32 " of node %" PRIu32 ", %zu bytes\n", phase, node, n);
        exit(1);
    }
    pthread_mutex_lock(&lock);
    phases[phase].gaps[node] += number != phases[phase].last[node] + 1;
    phases[phase].last[node] = number;
    phases[phase].delivered++;
    mix(&phases[phase].checksum, node);
    mix(&phases[phase].checksum, number);
    pthread_mutex_unlock(&lock);
}

static void changed(cpg_handle_t h, const struct cpg_name *g, const struct cpg_address *members, size_t member_count,
        const struct cpg_address *left, size_t left_count, const struct cpg_address *joined, size_t joined_count) {
    printf("members %zu joined %zu left %zu\n", member_count, joined_count, left_count);
}

static cpg_callbacks_t callbacks = {.cpg_deliver_fn = delivered, .cpg_confchg_fn = changed};

static void *dispatch(void *unused) {
    cs_error_t error = cpg_dispatch(cpg, CS_DISPATCH_BLOCKING);
    printf("lost %d\n", error);
    exit(1);
}

static void send_all(uint32_t phase, uint32_t count, size_t size) {
    char *payload = calloc(1, size < HEADER_BYTES ? HEADER_BYTES : size);
    struct iovec part = {payload, size < HEADER_BYTES ? HEADER_BYTES : size};
    memcpy(payload, &phase, 4);
    for (uint32_t number = 1; number <= count; number++) {
        cs_error_t error;
        memcpy(payload + 4, &number, 4);
        while ((error = cpg_mcast_joined(cpg, CPG_TYPE_AGREED, &part, 1)) == CS_ERR_TRY_AGAIN)
            wait_a_little();
        if (error != CS_OK) {
            printf("not sent %d\n", error);
            exit(1);
        }
    }
    printf("sent %" PRIu32 "\n", phase);
    free(payload);
}

/* One line, whatever the other thread prints meanwhile. */
static void report(uint32_t phase) {
    pthread_mutex_lock(&lock);
    flockfile(stdout);
    printf("phase %" PRIu32 " %" PRIu64 " %" PRIx64, phase, phases[phase].delivered, phases[phase].checksum);
    for (int node = 1; node < MAX_NODES; node++)
        if (phases[phase].last[node] > 0)
            printf(" /%d:%" PRIu32 ":%" PRIu32, node, phases[phase].last[node], phases[phase].gaps[node]);
    printf("\n");
    funlockfile(stdout);
    pthread_mutex_unlock(&lock);
}

int main(void) {
    char line[256];
    unsigned phase, count, size;
    cs_error_t error = CS_OK;
    pthread_t thread;
    setlinebuf(stdout);
    for (int i = 0; i < MAX_PHASES; i++)
        phases[i].checksum = FNV_OFFSET;
    for (int i = 0; i < ATTEMPTS && (error = cpg_initialize(&cpg, &callbacks)) != CS_OK; i++)
        wait_a_little();
    for (int i = 0; error == CS_OK && i < ATTEMPTS && (error = cpg_join(cpg, &group)) == CS_ERR_TRY_AGAIN; i++)
        wait_a_little();
    if (error != CS_OK) {
        printf("no group %d\n", error);
        return 1;
    }
    pthread_create(&thread, NULL, dispatch, NULL);
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "send %u %u %u", &phase, &count, &size) == 3 && phase < MAX_PHASES)
            send_all(phase, count, size);
        else if (sscanf(line, "report %u", &phase) == 1 && phase < MAX_PHASES)
            report(phase);
        else
            printf("unknown order: %s", line);
    }
    return 0;
}
