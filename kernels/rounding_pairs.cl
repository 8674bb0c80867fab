// Rounds sums of two float32 once, to nearest even, straight to the target's bits.

#if PAIRS && !WIDE

// Rounds 2^n (sum + low), where the bits of rounder end with those of n. The error of sum + low is
// at most |scale| * error. In each lane, certain becomes -1 if every value within this error rounds
// to the result, otherwise 0. Results of float32 are normal or 0; n is 0 then.
static Targets roundPairs(
    FloatLanes sum,
    FloatLanes low,
    FloatLanes scale,
    float error,
    UintLanes rounder,
    IntLanes *certain) {
#if TARGET == 32
  FloatLanes y = sum + fma(scale, (FloatLanes)error, low);
  *certain = y == sum + fma(-scale, (FloatLanes)error, low);
  return asUintLanes(y) + (rounder << 23);
#else
  FloatLanes y = sum + low;
  FloatLanes rest = low - (y - sum);
  UintLanes bits = asUintLanes(y);
  IntLanes exponent = asIntLanes(((bits & 0x7fffffffu) + (rounder << 23)) >> 23) - 127;
  IntLanes missing = max(TARGET_MIN_EXPONENT - exponent, (IntLanes)0);
  // After a shift by 25 bits, the significand is below half of the least subnormal.
  UintLanes shift = min(asUintLanes(13 + missing), (UintLanes)25u);
  UintLanes halfUnit = (UintLanes)1u << (shift - 1u);
  UintLanes significand = (bits & 0x7fffffu) | 0x800000u;
  // Only in the middle between two targets does the sign of the rest matter.
  IntLanes middle = (significand & (halfUnit + halfUnit - 1u)) == halfUnit;
  *certain = ~middle | (fabs(rest) > fabs(scale) * error);
  // Cuts off below the last bit, and sets this bit if something was cut off.
  UintLanes some = select((UintLanes)0u, (UintLanes)1u, rest != 0.0f);
  UintLanes inward = ((bits ^ asUintLanes(rest)) >> 31) & some;
  significand = (significand - inward) | some;
  UintLanes rounded = (significand + halfUnit - 1u + ((significand >> shift) & 1u)) >> shift;
  UintLanes binades = asUintLanes(max(exponent - TARGET_MIN_EXPONENT, (IntLanes)0));
  UintLanes steps = binades << TARGET_FRACTION_BITS;
  return min(rounded + steps, (UintLanes)TARGET_INFINITY) | ((bits >> 31) << (TARGET - 1));
#endif
}

#endif
