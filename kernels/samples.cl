// Bit patterns of float16, float32 and float64 samples. In registers, a sample of 16 or 32 bits is
// a uint, one of 64 bits a ulong. All operations are on integers, so that subnormals survive on
// devices that flush them.

#if SOURCE == 16
#define SourceBits ushort
#define SOURCE_SIGN 0x8000u
#define SOURCE_INFINITY 0x7c00u
#define SOURCE_MIN_NORMAL 0x400u
#define SOURCE_ONE 0x3c00u
#elif SOURCE == 32
#define SourceBits uint
#define SOURCE_SIGN 0x80000000u
#define SOURCE_INFINITY 0x7f800000u
#define SOURCE_MIN_NORMAL 0x800000u
#define SOURCE_ONE 0x3f800000u
#else
#define SourceBits ulong
#define SOURCE_SIGN 0x8000000000000000ul
#define SOURCE_INFINITY 0x7ff0000000000000ul
#define SOURCE_MIN_NORMAL 0x10000000000000ul
#define SOURCE_ONE 0x3ff0000000000000ul
#endif

#if TARGET == 16
#define TargetBits ushort
#define TARGET_INFINITY 0x7c00u
#define TARGET_NAN 0x7e00u
#define TARGET_FRACTION_BITS 10
#define TARGET_MIN_EXPONENT (-14)
#elif TARGET == 32
#define TargetBits uint
#define TARGET_INFINITY 0x7f800000u
#define TARGET_NAN 0x7fc00000u
#define TARGET_FRACTION_BITS 23
#define TARGET_MIN_EXPONENT (-126)
#else
#define TargetBits ulong
#define TARGET_INFINITY 0x7ff0000000000000ul
#define TARGET_NAN 0x7ff8000000000000ul
#define TARGET_FRACTION_BITS 52
#define TARGET_MIN_EXPONENT (-1022)
#endif

// The largest ordinary exposure: 14 or 126 stops. Up to this magnitude, the intensity is normal.
#if SOURCE == 16
#define ORDINARY_MAX (TARGET == 16 ? 0x4b00u : 0x57e0u)
#elif SOURCE == 32
#define ORDINARY_MAX (TARGET == 16 ? 0x41600000u : 0x42fc0000u)
#endif

#define SourceMemory JOIN(SourceBits, LANES)
#define TargetMemory JOIN(TargetBits, LANES)
#define toTargetMemory JOIN(JOIN(convert_, TargetBits), LANES)

// Masks of 64 bits from masks of 32. Mesa 22.3, whose llvmpipe has no double precision, compiles
// select() wrongly where its masks come straight from convert_long().
#if HAS_FP64
#define widenMasks toLongLanes
#else
#define widenMasks(masks) (-toLongLanes((masks) & 1))
#endif

#if SOURCE == 64
#define Sources UlongLanes
#define toSources toUlongLanes
#define SourceMasks LongLanes
#define asSources asUlongLanes
#define toSourceMasks widenMasks
#else
#define Sources UintLanes
#define toSources toUintLanes
#define SourceMasks IntLanes
#define asSources asUintLanes
#define toSourceMasks toIntLanes
#endif

#if TARGET == 64
#define Targets UlongLanes
#define toTargets toUlongLanes
#define toTargetMasks widenMasks
#define asTargets asUlongLanes
#else
#define Targets UintLanes
#define toTargets toUintLanes
#define toTargetMasks toIntLanes
#define asTargets asUintLanes
#endif

#if TO_EXPOSURE && SOURCE != 64

#define SQRT_HALF_BITS 0x3f3504f3

// The bits of a positive normal sample as those of a float32.
static IntLanes widenNormal(Sources bits) {
#if SOURCE == 16
  return asIntLanes((bits << 13) + (112u << 23));
#else
  return asIntLanes(bits);
#endif
}

// The bits of a positive finite sample as those of a float32. The exponent of a float32 subnormal
// becomes 0 or negative.
static IntLanes widen(Sources bits) {
#if SOURCE == 16
  UintLanes shift = clz(bits) - 21u;
  IntLanes subnormal = asIntLanes(((bits << shift) << 13) + ((112u - shift) << 23));
  return select(widenNormal(bits), subnormal, bits < 0x400u);
#else
  UintLanes shift = clz(bits) - 8u;
  IntLanes subnormal = asIntLanes((bits << shift) - (shift << 23));
  return select(widenNormal(bits), subnormal, bits < 0x800000u);
#endif
}

#endif

// A gain in stops, and the factor 2^stops = 2^exponent (high + middle + low). Without double
// precision, doubles are their bits.
#if HAS_FP64
#define Double double
#define asDouble as_double
#else
#define Double ulong
#define asDouble as_ulong
#endif

// What an adjustment multiplies by, or adds: (high * 2^64 + low) * 2^(exponent - 127).
typedef struct {
  ulong high;
  ulong low;
  int exponent;
  int negative;
} Operand;

typedef struct {
  Double stops;
  int exponent;
  Double high;
  Double middle;
  Double low;
} Gain;

static Gain makeGain(ulong stops, int exponent, ulong high, ulong middle, ulong low) {
  Gain gain;
  gain.stops = asDouble(stops);
  gain.exponent = exponent;
  gain.high = asDouble(high);
  gain.middle = asDouble(middle);
  gain.low = asDouble(low);
  return gain;
}
