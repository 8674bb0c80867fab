// Conversions of vectors by the integer code.

#if !HAS_FP64 && !WIDE

#if TO_EXPOSURE
#define convertFloat log2Bits
#else
#define convertFloat exp2Bits
#endif

#if GROUPED

#define convertEach2(values) (uint2)(convertFloat((values).s0), convertFloat((values).s1))
#define convertEach4(values) (uint4)(convertEach2((values).lo), convertEach2((values).hi))
#define convertEach8(values) (uint8)(convertEach4((values).lo), convertEach4((values).hi))
#define convertEach16(values) (uint16)(convertEach8((values).lo), convertEach8((values).hi))

// There is no loop over an array of lanes: a card's compiler that does not unroll it keeps the
// array in scratch memory.
static Targets convertByIntegers(Sources bits) {
  UintLanes values = toFloatBits(bits);
  return JOIN(convertEach, LANES)(values);
}

#else

// A CPU's compiler turns this loop into vector instructions.
static Targets convertByIntegers(Sources bits) {
  uint values[LANES];
  storeLanes(toFloatBits(bits), 0, values);
  for (uint lane = 0; lane < LANES; lane++) {
    values[lane] = convertFloat(values[lane]);
  }
  return loadLanes(0, values);
}

#endif

#if !PAIRS

#if TO_EXPOSURE

// Whether each sample is positive and finite.
static IntLanes isOrdinary(Sources bits, Gain gain) {
  return bits - (Sources)1u < (Sources)(SOURCE_INFINITY - 1u);
}

#else

// Whether the intensity of each exposure is a normal sample.
static IntLanes isOrdinary(Sources bits, Gain gain) {
  return (bits & (Sources)(SOURCE_SIGN - 1)) <= (Sources)ORDINARY_MAX;
}

#endif

static Targets convertFinite(Sources bits, Gain gain) {
  return convertByIntegers(bits);
}

static Targets convertOrdinary(Sources bits, Gain gain) {
  return convertByIntegers(bits);
}

#endif

#endif
