#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
    int64_t n = atol(argv[1]), sum = 0;
    float step = 3.0f / n;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            float y = i * step - 1.5f, x = j * step - 2.0f, zr = 0, zi = 0;
            int64_t k = 0;
            do {
                float rr = zr * zr, ii = zi * zi;
                if (!(rr + ii <= 4.0f)) break;
                zi = zr * zi * 2.0f + y;
                zr = rr - ii + x;
                k++;
            } while (k < 200);
            sum += k;
        }
    printf("%ld\n", sum);
}
