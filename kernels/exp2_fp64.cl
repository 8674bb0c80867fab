// 2^x in double arithmetic, for float16 and float32 samples without a gain.
//
// x = n + r, n an integer, r from -1/2 to 1/2, exact. 2^x = 2^n (1 + r P(r)); P by
// src/main/sollya/exp2.sollya. The relative error is below 2^-50 before the one rounding to the
// target. No float32 is misrounded. P and LIFT were chosen for that: in the hardest cases the
// nearest double would round to the wrong side.

#if !TO_EXPOSURE && HAS_FP64 && !WIDE

// 3 * 2^51: adding it rounds to an integer, which the low bits of the sum hold.
#define ROUNDER 0x1.8p52

// Added to r P(r). It vanishes in the sum with 1 when r is 0, so that 2^n stays exact.
#define LIFT 0x1.79db22d0e5604p-56

// 2^x for |x| up to 1000.
static DoubleLanes exp2Lanes(DoubleLanes x) {
  DoubleLanes rounded = x + ROUNDER;
  DoubleLanes r = x - (rounded - ROUNDER);
  DoubleLanes p = fma(r, (DoubleLanes)0x1.e7029796723adp-28, (DoubleLanes)0x1.b661d6bcd086dp-24);
  p = fma(r, p, (DoubleLanes)0x1.62bf0cfdf8d9ep-20);
  p = fma(r, p, (DoubleLanes)0x1.ffcb6c3ebc72ap-17);
  p = fma(r, p, (DoubleLanes)0x1.4309137b9ed1ap-13);
  p = fma(r, p, (DoubleLanes)0x1.5d87fe934ecbcp-10);
  p = fma(r, p, (DoubleLanes)0x1.3b2ab6fb69703p-7);
  p = fma(r, p, (DoubleLanes)0x1.c6b08d7043a36p-5);
  p = fma(r, p, (DoubleLanes)0x1.ebfbdff82c85p-3);
  p = fma(r, p, (DoubleLanes)0x1.62e42fefa39ecp-1);
  p = fma(r, p, (DoubleLanes)LIFT) + 1.0;
  return asDoubleLanes(asLongLanes(p) + (asLongLanes(rounded) << 52));
}

// The value of a finite sample. A float32 subnormal may become 0, which does not change 2^x.
static DoubleLanes toDouble(Sources bits) {
#if SOURCE == 16
  DoubleLanes magnitude = asDoubleLanes(toUlongLanes(bits & 0x7fffu) << 42) * 0x1p1008;
  return asDoubleLanes(asUlongLanes(magnitude) | (toUlongLanes(bits & 0x8000u) << 48));
#else
  return toDoubleLanes(asFloatLanes(bits));
#endif
}

// Whether the intensity of each exposure is a normal sample.
static IntLanes isOrdinary(Sources bits, Gain gain) {
  return (bits & (Sources)(SOURCE_SIGN - 1)) <= (Sources)ORDINARY_MAX;
}

static Targets convertOrdinary(Sources bits, Gain gain) {
  return roundNormal(exp2Lanes(toDouble(bits)));
}

static Targets convertFinite(Sources bits, Gain gain) {
  DoubleLanes x = toDouble(bits);
  x = select(x, (DoubleLanes)200.0, asLongLanes(x > 200.0));
  x = select(x, (DoubleLanes)-200.0, asLongLanes(x < -200.0));
  return roundFinite(exp2Lanes(x));
}

#endif
