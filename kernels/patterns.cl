// Compares two kernels on all samples of a type, on the device.
//
// SOURCE, TARGET   bits of a sample read and written: 16 or 32

#if SOURCE == 32
typedef uint PatternSource;
#else
typedef ushort PatternSource;
#endif
#if TARGET == 32
typedef uint PatternTarget;
#else
typedef ushort PatternTarget;
#endif

// Makes the samples with the bits from `first` on.
__kernel void patterns(__global PatternSource *source, const uint first) {
  size_t index = get_global_id(0);
  source[index] = (PatternSource)(first + (uint)index);
}

// Sets the flag if results differ. A count of 2^32 would be 0.
__kernel void differences(
    __global const PatternTarget *one,
    __global const PatternTarget *other,
    __global uint *differ) {
  size_t index = get_global_id(0);
  if (one[index] != other[index]) {
    atomic_or(differ, 1u);
  }
}
