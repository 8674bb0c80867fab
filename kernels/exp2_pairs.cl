// 2^x in pairs of float32, for float16 and float32 samples without a gain.
//
// x = n + r, n an integer, r from -1/2 to 1/2, exact.
//   2^x = 2^n (1 + r (E1 + r (E2 + r (E3 + r (E4 + r (E5 + r (E6 + r (E7 + r (E8 + r E9)))))))));
// coefficients by src/main/sollya/exp2_pairs.sollya. A value that has to be exact to more than 24
// bits is a sum of two float32, x and xLow.
//
// Before the rounding to the target, the error of 2^r is below EXP2_ERROR. A sample so near to a
// point where rounding changes that this error might matter is doubtful. The integer code converts
// a vector with a doubtful sample. No float32 is misrounded.
//
// 2^r is rounded before it is multiplied by 2^n, so no term that matters is subnormal. Each product
// that is added to something is in an fma, so no compiler can contract more.

#if !TO_EXPOSURE && PAIRS && !WIDE

// An upper bound of the error of 2^r: 2^-38.83. The largest error is 2^-38.90, at r =
// 0x1.fffa44p-2. All r from 2^-6 to 1/2 of both signs were tried; the error falls with |r|. The
// polynomial's share is 2^-44.86.
#define EXP2_ERROR 0x1.2p-39f

// 3 * 2^22: adding it rounds to an integer, which the low bits of the sum hold.
#define ROUNDER 0x1.8p23f

#define E1 0x1.62e43p-1f
#define E2 0x1.ebfbep-3f
#define E3 0x1.c6b08ep-5f
#define E4 0x1.3b2ab6p-7f
#define E1_LOW (-0x1.05c69ap-29f)
#define E2_LOW (-0x1.f7154ep-33f)
#define E3_LOW (-0x1.1efa1cp-30f)
#define E4_LOW 0x1.18603ep-31f

// 2^r for r from -1/2 to 1/2. Its low part is set.
static FloatLanes exp2Lanes(FloatLanes r, FloatLanes *resultLow) {
  FloatLanes p = fma(r, (FloatLanes)0x1.b4b2aep-24f, (FloatLanes)0x1.63d1ccp-20f);
  p = fma(r, p, (FloatLanes)0x1.ffcd2cp-17f);
  p = fma(r, p, (FloatLanes)0x1.4308acp-13f);
  p = fma(r, p, (FloatLanes)0x1.5d87fep-10f);
  FloatLanes p4 = fma(p, r, (FloatLanes)E4);
  FloatLanes p4Low = fma(p, r, E4 - p4) + E4_LOW;
  FloatLanes p3 = fma(p4, r, (FloatLanes)E3);
  FloatLanes p3Low = fma(p4, r, E3 - p3) + fma(p4Low, r, (FloatLanes)E3_LOW);
  FloatLanes p2 = fma(p3, r, (FloatLanes)E2);
  FloatLanes p2Low = fma(p3, r, E2 - p2) + fma(p3Low, r, (FloatLanes)E2_LOW);
  FloatLanes p1 = fma(p2, r, (FloatLanes)E1);
  FloatLanes p1Low = fma(p2, r, E1 - p1) + fma(p2Low, r, (FloatLanes)E1_LOW);
  FloatLanes sum = fma(p1, r, (FloatLanes)1.0f);
  *resultLow = fma(p1Low, r, fma(p1, r, 1.0f - sum));
  return sum;
}

// Whether the intensity of each exposure is a normal sample.
static IntLanes isOrdinary(Sources bits, Gain gain) {
  return (bits & (Sources)(SOURCE_SIGN - 1)) <= (Sources)ORDINARY_MAX;
}

// 2^x rounded to the target, for |x| up to 126. In each lane, certain becomes -1 if the result is
// right for certain, otherwise 0.
static Targets roundedExp2(FloatLanes x, IntLanes *certain) {
  FloatLanes rounded = x + ROUNDER;
  FloatLanes r = x - (rounded - ROUNDER);
  FloatLanes low;
  FloatLanes sum = exp2Lanes(r, &low);
  return roundPairs(sum, low, (FloatLanes)1.0f, EXP2_ERROR, asUintLanes(rounded), certain);
}

static Targets convertOrdinary(Sources bits, Gain gain) {
  IntLanes certain;
  Targets result = roundedExp2(asFloatLanes(toFloatBits(bits)), &certain);
  return inAllLanes(certain) ? result : convertByIntegers(bits);
}

static Targets convertFinite(Sources bits, Gain gain) {
  FloatLanes x = asFloatLanes(toFloatBits(bits));
  IntLanes certain;
#if TARGET == 16
  // From 16 stops on, every intensity is infinite; up to -26 stops, every one is 0.
  x = select(x, (FloatLanes)16.0f, x > 16.0f);
  x = select(x, (FloatLanes)-26.0f, x < -26.0f);
  Targets result = roundedExp2(x, &certain);
#else
  // From 128 stops on, every intensity is infinite; up to -151 stops, every one is 0. The others
  // that are not ordinary are left to the integer code.
  IntLanes infinite = x >= 128.0f;
  IntLanes zero = x <= -151.0f;
  IntLanes ordinary = isOrdinary(bits, gain);
  Targets result = roundedExp2(select((FloatLanes)0.0f, x, ordinary), &certain);
  result = select(result, (Targets)TARGET_INFINITY, infinite);
  result = select(result, (Targets)0u, zero);
  certain &= ordinary | infinite | zero;
#endif
  return inAllLanes(certain) ? result : convertByIntegers(bits);
}

#endif
