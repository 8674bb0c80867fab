// The device's built-in exp2 and log2, scalar, as other programs use them. They serve comparisons
// only, never results.
//
// Sizes: one work-item a sample, at any local size.

#if SOURCE == 64
#define Value double
#else
#define Value float
#endif

__kernel void builtin(__global const Value *source, __global Value *target, const ulong samples) {
  const size_t i = get_global_id(0);
  if (i < samples) {
#if TO_EXPOSURE
    target[i] = log2(source[i]);
#else
    target[i] = exp2(source[i]);
#endif
  }
}
