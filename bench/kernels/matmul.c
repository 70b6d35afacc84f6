#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
static double *fill(int64_t n, double f) {
    double *v = calloc(n * n, sizeof(double));
    for (int64_t k = 0; k < n * n; k++) v[k] = k * f;
    return v;
}
__attribute__((noinline)) static void multiply(int64_t n, const double *a, const double *b, double *c) {
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            double s = 0;
            for (int64_t k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j];
            c[i * n + j] = s;
        }
}
int main(int argc, char **argv) {
    int64_t n = atol(argv[1]);
    double *a = fill(n, 0.3333), *b = fill(n, 0.3333), *c = fill(n, 0);
    multiply(n, a, b, c);
    printf("%ld\n", (int64_t)c[n * n - 1]);
}
