// Rounds doubles once, to nearest even, straight to the target's bits.

#if HAS_FP64 && !WIDE

// Rounds doubles whose results are normal samples or, for float32, 0.
static Targets roundNormal(DoubleLanes y) {
#if TARGET == 32
  return asUintLanes(toFloatLanes(y));
#else
  UlongLanes bits = asUlongLanes(y);
  UintLanes sticky = asUintLanes(toUintLanes(bits) != 0u) & 1u;
  UintLanes upper = toUintLanes(bits >> 32);
  UintLanes magnitude = (upper & 0x7fffffffu) - ((1023u - 15u) << 20);
  UintLanes rounded = ((magnitude | sticky) + 0x1ffu + ((magnitude >> 10) & 1u)) >> 10;
  return rounded | ((upper >> 31) << 15);
#endif
}

// Rounds any finite doubles. Results may be subnormal, 0 or infinite.
static Targets roundFinite(DoubleLanes y) {
  UlongLanes bits = asUlongLanes(y);
  LongLanes exponent = asLongLanes((bits >> 52) & 0x7fful) - 1023l;
  LongLanes missing = max(TARGET_MIN_EXPONENT - exponent, (LongLanes)0l);
  // After a shift by 54 bits, the significand is below half of the least subnormal.
  UlongLanes shift = asUlongLanes(min(52l - TARGET_FRACTION_BITS + missing, (LongLanes)54l));
  UlongLanes significand = (bits & 0xffffffffffffful) | 0x10000000000000ul;
  UlongLanes odd = (significand >> shift) & 1ul;
  UlongLanes rounded = (significand + (((UlongLanes)1ul << (shift - 1ul))) - 1ul + odd) >> shift;
  UlongLanes steps = asUlongLanes(max(exponent - TARGET_MIN_EXPONENT, (LongLanes)0l)) << TARGET_FRACTION_BITS;
  UlongLanes magnitude = min(rounded + steps, (UlongLanes)TARGET_INFINITY);
  return toUintLanes(magnitude | ((bits >> 63) << (TARGET - 1)));
}

#endif
