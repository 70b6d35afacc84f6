#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
__attribute__((noinline)) static int64_t sieve(int64_t n) {
    uint8_t *v = calloc(n, 1);
    int64_t count = 0;
    for (int64_t p = 2; p < n; p++) {
        if (v[p]) continue;
        count++;
        for (int64_t m = p + p; m < n; m += p) v[m] = 1;
    }
    free(v);
    return count;
}
int main(int argc, char **argv) {
    int64_t n = atol(argv[1]), last = 0;
    for (int i = 0; i < 10; i++) last = sieve(n);
    printf("%ld\n", last);
}
