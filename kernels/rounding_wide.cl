// Conversions of samples for the wide core, which serves float64 samples and gains. A value is a
// sum of two doubles, high + low, times a power of two. The operations are those of
// stops.math.SampleBits.

#if WIDE

#define POWER_OF_2(n) DOUBLE((ulong)(1023 + (n)) << 52)

// The value of a finite sample.
static Doubles toDouble(SourceValues bits) {
#if SOURCE == 64
  return asDoubles(bits);
#else
  // The product is exact, and normal where the sample is not 0.
#if SOURCE == 32
  Doubles magnitude = multiply(asDoubles(toUlongs(bits & 0x7fffffffu) << 29), POWER_OF_2(896));
#else
  Doubles magnitude = multiply(asDoubles(toUlongs(bits & 0x7fffu) << 42), POWER_OF_2(1008));
#endif
  return asDoubles(asUlongs(magnitude) | (toUlongs(bits >> (SOURCE - 1)) << 63));
#endif
}

// Rounds (high + low) * 2^scale to nearest even. `high` is 0 or normal, and `low` at most half an
// ULP of it. The significand of `high` is extended by 10 zero bits. `low` only decides where `high`
// is a tie, so its sign is enough: it moves the extended significand by one in that direction.
static TargetValues roundWide(Doubles high, Doubles low, Ints scale) {
  Ulongs bits = asUlongs(high);
  Ulongs sign = bits >> 63;
  Longs exponent = asLongs((bits >> 52) & 0x7ffUL) - 1023L + toLongs(scale);
  Ulongs significand = ((bits & 0xfffffffffffffUL) | 0x10000000000000UL) << 10;
  Longs same = (asLongs(low) ^ asLongs(high)) >> 63;
  // 1 where the signs are the same, -1 where they differ, 0 where `low` is 0.
  significand += asUlongs((1L + 2L * same) & isNonzero(low));
  Longs shift = 62L - TARGET_FRACTION_BITS + max(TARGET_MIN_EXPONENT - exponent, (Longs)0L);
  // After a shift by more than 63 bits, the significand is below half of the least subnormal.
  significand &= asUlongs(maskOf(shift <= 63L) & isNonzero(high));
  Ulongs shifts = asUlongs(min(shift, (Longs)63L));
  Ulongs odd = (significand >> shifts) & 1UL;
  Ulongs rounded = (significand + ((Ulongs)1UL << (shifts - 1UL)) - 1UL + odd) >> shifts;
  Ulongs steps = asUlongs(max(exponent - TARGET_MIN_EXPONENT, (Longs)0L));
  steps <<= TARGET_FRACTION_BITS;
  Ulongs magnitude = min(rounded + steps, (Ulongs)TARGET_INFINITY);
  return toTargetValues(magnitude | (sign << (TARGET - 1)));
}

#endif
