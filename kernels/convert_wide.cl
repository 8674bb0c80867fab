// Conversions of vectors by the wide core.

#if WIDE

#if HAS_FP64

static Targets convertFinite(Sources bits, Gain gain) {
  return convertValues(bits, gain);
}

#else

// All vectors go through convertSpecial. Finding anomalies takes little time beside the arithmetic
// of double_integer.cl.
static SourceMasks isOrdinary(Sources bits, Gain gain) {
  return (SourceMasks)0;
}

static Targets convertFinite(Sources bits, Gain gain) {
  SourceValues read[LANES];
  TargetValues results[LANES];
  storeLanes(bits, 0, read);
  for (uint lane = 0; lane < LANES; lane++) {
    results[lane] = convertValues(read[lane], gain);
  }
  return loadLanes(0, results);
}

#endif

static Targets convertOrdinary(Sources bits, Gain gain) {
  return convertFinite(bits, gain);
}

#endif
