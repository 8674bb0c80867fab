// Widens float16 bits to float32 bits, and rounds fixed-point results once, to the target's bits.

#if !HAS_FP64 && !WIDE

// The bits of a finite sample as those of the float32 of the same value.
static UintLanes toFloatBits(Sources bits) {
#if SOURCE == 16
  UintLanes magnitude = bits & 0x7fffu;
  UintLanes shift = clz(magnitude | 1u) - 21u;
  UintLanes subnormal = ((magnitude << shift) << 13) + ((112u - shift) << 23);
  UintLanes normal = (magnitude << 13) + (112u << 23);
  UintLanes result = select(normal, subnormal, magnitude < 0x400u);
  result = select(result, (UintLanes)0u, magnitude == 0u);
  return result | ((bits & 0x8000u) << 16);
#else
  return bits;
#endif
}

// Rounds significand / 2^63 * 2^exponent to nearest even; significand / 2^63 is from 1 to 2. Too
// large results become infinity, too small ones 0.
static uint roundFixed(ulong significand, int exponent) {
  // The upper 31 bits. The last one is also set if any bit below is set.
  uint upper = (uint)(significand >> 33) | ((significand & 0x1ffffffffUL) != 0);
  int missing = max(TARGET_MIN_EXPONENT - exponent, 0);
  uint shift = min(30 - TARGET_FRACTION_BITS + missing, 31);
  uint rounded = (upper + (1u << (shift - 1)) - 1u + ((upper >> shift) & 1u)) >> shift;
  uint steps = (uint)max(exponent - TARGET_MIN_EXPONENT, 0) << TARGET_FRACTION_BITS;
  uint result = missing > TARGET_FRACTION_BITS + 1 ? 0 : rounded + steps;
  return exponent > 127 ? TARGET_INFINITY : min(result, TARGET_INFINITY);
}

#endif
