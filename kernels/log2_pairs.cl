// log2 in pairs of float32, for float16 and float32 samples without a gain.
//
// x = 2^k z, z from sqrt(1/2) to sqrt(2), exact. With s = (z - 1) / (z + 1) and u = s^2
//   log2 x = k + s (K1 + u (K3 + u (K5 + u (A7 + u (A9 + u A11))))),
// K1 = 2 / ln 2, K3 = K1 / 3, K5 = K1 / 5; coefficients by src/main/sollya/log2_pairs.sollya. A
// value that has to be exact to more than 24 bits is a sum of two float32, x and xLow.
//
// Before the rounding to the target, the relative error is below LOG2_ERROR. A sample so near to a
// point where rounding changes that this error might matter is doubtful. The integer code converts
// a vector with a doubtful sample. No float32 is misrounded.
//
// No term that matters is subnormal, since the least one is 2^-88. Each product that is added to
// something is in an fma, so no compiler can contract more.

#if TO_EXPOSURE && PAIRS && !WIDE

// An upper bound of the relative error of log2Lanes: 2^-39.41. The largest error is 2^-39.50, at
// k = 0. All z were tried with seven k from -9 to 5; the error falls as |k| grows. The polynomial's
// share is 2^-45.06.
#define LOG2_ERROR 0x1.8p-40f

#define K1 0x1.715476p1f
#define K3 0x1.ec709ep-1f
#define K5 0x1.2776c6p-1f
#define K1_LOW 0x1.4ae094p-25f
#define K3_LOW (-0x1.d6040ep-28f)
#define K5_LOW (-0x1.b8504ap-24f)
#define A7 0x1.a61a32p-2f
#define A9 0x1.4794cep-2f
#define A11 0x1.21b8b8p-2f

// log2 of the values with the bits floatBits. Its low part is set.
static FloatLanes log2Lanes(IntLanes floatBits, FloatLanes *resultLow) {
  IntLanes exponent = (floatBits - SQRT_HALF_BITS) >> 23;
  FloatLanes k = toFloatLanes(exponent);
  FloatLanes f = asFloatLanes(floatBits - (exponent << 23)) - 1.0f;
  FloatLanes d = f + 2.0f;
  FloatLanes dLow = f - (d - 2.0f);

  // q = 1 / d, by a polynomial and one step of Newton's method. s = f q.
  FloatLanes q = fma(f, (FloatLanes)(-0x1.d40c64p-5f), (FloatLanes)0x1.066ab4p-3f);
  q = fma(f, q, (FloatLanes)(-0x1.00653ep-2f));
  q = fma(f, q, (FloatLanes)0x1.fff4b8p-2f);
  q = fma(q, fma(-q, d, (FloatLanes)1.0f), q);
  FloatLanes s = f * q;
  FloatLanes sLow = fma(-s, dLow, fma(-s, d, f)) * q;

  // Twice the product of s and sLow is two terms, since a compiler may contract a doubled product.
  FloatLanes u = s * s;
  FloatLanes uLow = fma(s, sLow, fma(s, sLow, fma(s, s, -u)));

  FloatLanes a7 = fma(u, fma(u, (FloatLanes)A11, (FloatLanes)A9), (FloatLanes)A7);
  FloatLanes a5 = fma(a7, u, (FloatLanes)K5);
  FloatLanes a5Low = fma(a7, u, K5 - a5) + K5_LOW;
  FloatLanes a3 = fma(a5, u, (FloatLanes)K3);
  FloatLanes a3Low = fma(a5, u, K3 - a3) + fma(a5Low, u, fma(a5, uLow, (FloatLanes)K3_LOW));
  FloatLanes a1 = fma(a3, u, (FloatLanes)K1);
  FloatLanes a1Low = fma(a3, u, K1 - a1) + fma(a3Low, u, fma(a3, uLow, (FloatLanes)K1_LOW));

  FloatLanes sum = fma(s, a1, k);
  *resultLow = fma(sLow, a1, fma(s, a1Low, fma(s, a1, k - sum)));
  return sum;
}

// Whether each sample is positive and normal.
static IntLanes isOrdinary(Sources bits, Gain gain) {
  return bits - (Sources)SOURCE_MIN_NORMAL < (Sources)(SOURCE_INFINITY - SOURCE_MIN_NORMAL);
}

// Converts samples with the bits of float32, whose exponent may be 0 or negative.
static Targets convertFloats(IntLanes floatBits, Sources bits) {
  FloatLanes low;
  FloatLanes sum = log2Lanes(floatBits, &low);
  IntLanes certain;
  Targets result = roundPairs(sum, low, sum, LOG2_ERROR, (UintLanes)0u, &certain);
  return inAllLanes(certain) ? result : convertByIntegers(bits);
}

static Targets convertOrdinary(Sources bits, Gain gain) {
  return convertFloats(widenNormal(bits), bits);
}

static Targets convertFinite(Sources bits, Gain gain) {
  return convertFloats(widen(bits), bits);
}

#endif
