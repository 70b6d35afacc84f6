#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
__attribute__((noinline)) static int64_t fib(int64_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
int main(int argc, char **argv) { printf("%ld\n", fib(atol(argv[1]))); }
