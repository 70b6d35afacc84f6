#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
typedef float v4 __attribute__((vector_size(16)));
typedef int32_t w4 __attribute__((vector_size(16)));
int main(int argc, char **argv) {
    int64_t n = atol(argv[1]), sum = 0;
    float step = 3.0f / n;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j += 4) {
            v4 y = (v4){} + (i * step - 1.5f), x = ((v4){0, 1, 2, 3} + (float)j) * step - 2.0f, zr = {}, zi = {};
            w4 c = {}, in;
            int64_t k = 0;
            do {
                v4 rr = zr * zr, ii = zi * zi;
                in = rr + ii <= 4.0f;
                c -= in;
                zi = zr * zi * 2.0f + y;
                zr = rr - ii + x;
                k++;
            } while ((in[0] | in[1] | in[2] | in[3]) && k < 200);
            sum += c[0] + c[1] + c[2] + c[3];
        }
    printf("%ld\n", sum);
}
