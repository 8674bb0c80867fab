// Conversions of samples for the wide core, which serves float64 samples and gains. A value is a
// sum of two doubles, high + low, times a power of two. The operations are those of
// stops.math.SampleBits.

#if HAS_FP64 && WIDE

// The value of a finite sample.
static DoubleLanes toDouble(Sources bits) {
#if SOURCE == 64
  return asDoubleLanes(bits);
#else
  // The product is exact, and normal where the sample is not 0.
#if SOURCE == 32
  DoubleLanes magnitude = asDoubleLanes(toUlongLanes(bits & 0x7fffffffu) << 29) * 0x1p896;
#else
  DoubleLanes magnitude = asDoubleLanes(toUlongLanes(bits & 0x7fffu) << 42) * 0x1p1008;
#endif
  return asDoubleLanes(asUlongLanes(magnitude) | (toUlongLanes(bits >> (SOURCE - 1)) << 63));
#endif
}

// Rounds (high + low) * 2^scale to nearest even. `high` is 0 or normal, and `low` at most half an
// ULP of it. The significand of `high` is extended by 10 zero bits. `low` only decides where `high`
// is a tie, so its sign is enough: it moves the extended significand by one in that direction.
static Targets roundWide(DoubleLanes high, DoubleLanes low, IntLanes scale) {
  UlongLanes bits = asUlongLanes(high);
  UlongLanes sign = bits >> 63;
  LongLanes exponent = asLongLanes((bits >> 52) & 0x7ffUL) - 1023L + toLongLanes(scale);
  UlongLanes significand = ((bits & 0xfffffffffffffUL) | 0x10000000000000UL) << 10;
  LongLanes same = (asLongLanes(low) ^ asLongLanes(high)) >> 63;
  // 1 where the signs are the same, -1 where they differ, 0 where `low` is 0.
  significand += asUlongLanes((1L + 2L * same) & (low != 0.0));
  LongLanes shift = 62L - TARGET_FRACTION_BITS + max(TARGET_MIN_EXPONENT - exponent, (LongLanes)0L);
  // After a shift by more than 63 bits, the significand is below half of the least subnormal.
  significand &= asUlongLanes((shift <= 63L) & (high != 0.0));
  UlongLanes shifts = asUlongLanes(min(shift, (LongLanes)63L));
  UlongLanes odd = (significand >> shifts) & 1UL;
  UlongLanes rounded = (significand + ((UlongLanes)1UL << (shifts - 1UL)) - 1UL + odd) >> shifts;
  UlongLanes steps = asUlongLanes(max(exponent - TARGET_MIN_EXPONENT, (LongLanes)0L));
  steps <<= TARGET_FRACTION_BITS;
  UlongLanes magnitude = min(rounded + steps, (UlongLanes)TARGET_INFINITY);
  return toTargets(magnitude | (sign << (TARGET - 1)));
}

#endif
