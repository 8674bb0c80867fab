// log2 in double arithmetic, for float16 and float32 samples without a gain.
//
// x = 2^e (1 + f), f from sqrt(1/2) - 1 to sqrt(2) - 1, exact. log2 x = e + f (C0 + C0_LOW + f
// P(f)); P by src/main/sollya/log2.sollya. The relative error is below 2^-52 before the one
// rounding to the target. No float32 is misrounded.

#if TO_EXPOSURE && HAS_FP64 && !WIDE

static DoubleLanes log2Lanes(IntLanes floatBits) {
  IntLanes exponent = (floatBits - SQRT_HALF_BITS) >> 23;
  DoubleLanes f = toDoubleLanes(asFloatLanes(floatBits - (exponent << 23))) - 1.0;
  DoubleLanes p = fma(f, (DoubleLanes)(-0x1.4e6bcd8629dfp-5), (DoubleLanes)0x1.7655be7808198p-4);
  p = fma(f, p, (DoubleLanes)(-0x1.91bfe2748c993p-4));
  p = fma(f, p, (DoubleLanes)0x1.6105f7e74e972p-4);
  p = fma(f, p, (DoubleLanes)(-0x1.64c132288cfc7p-4));
  p = fma(f, p, (DoubleLanes)0x1.873b2c768340bp-4);
  p = fma(f, p, (DoubleLanes)(-0x1.a726c5b7c1eacp-4));
  p = fma(f, p, (DoubleLanes)0x1.c6e3fee8ff1fbp-4);
  p = fma(f, p, (DoubleLanes)(-0x1.ec643c9ba0bfp-4));
  p = fma(f, p, (DoubleLanes)0x1.0c97eb78033ap-3);
  p = fma(f, p, (DoubleLanes)(-0x1.2776ead86a167p-3));
  p = fma(f, p, (DoubleLanes)0x1.484b2ab0067d1p-3);
  p = fma(f, p, (DoubleLanes)(-0x1.715475f3c721dp-3));
  p = fma(f, p, (DoubleLanes)0x1.a6176238ca983p-3);
  p = fma(f, p, (DoubleLanes)(-0x1.ec709dc371bbcp-3));
  p = fma(f, p, (DoubleLanes)0x1.2776c50f8012fp-2);
  p = fma(f, p, (DoubleLanes)(-0x1.71547652b91dfp-2));
  p = fma(f, p, (DoubleLanes)0x1.ec709dc39fc23p-2);
  p = fma(f, p, (DoubleLanes)(-0x1.71547652b82f9p-1));
  DoubleLanes rest = f * fma(f, p, (DoubleLanes)0x1.94fd22062713cp-54);
  return fma(f, (DoubleLanes)0x1.71547652b82fep0, rest) + toDoubleLanes(exponent);
}

// Whether each sample is positive and normal.
static IntLanes isOrdinary(Sources bits, Gain gain) {
  return bits - (Sources)SOURCE_MIN_NORMAL < (Sources)(SOURCE_INFINITY - SOURCE_MIN_NORMAL);
}

// An exposure is never a float32 subnormal, but may be a float16 one.
#if TARGET == 32
#define roundExposures roundNormal
#else
#define roundExposures roundFinite
#endif

static Targets convertOrdinary(Sources bits, Gain gain) {
  return roundExposures(log2Lanes(widenNormal(bits)));
}

static Targets convertFinite(Sources bits, Gain gain) {
  return roundExposures(log2Lanes(widen(bits)));
}

#endif
