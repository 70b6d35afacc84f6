#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
__attribute__((noinline)) static uint64_t hash(const uint8_t *v, uint64_t s) {
    for (int64_t k = 0; k < 65536; k++) s = (s ^ v[k]) * 0x100000001b3u;
    return s;
}
int main(int argc, char **argv) {
    uint8_t *v = malloc(65536);
    for (int64_t k = 0; k < 65536; k++) v[k] = (uint8_t)(k * 31);
    uint64_t s = 0xcbf29ce484222325u;
    for (int64_t n = atol(argv[1]); n > 0; n--) s = hash(v, s);
    printf("%ld\n", (int64_t)s);
}
