// The conversion kernel: reads samples, converts them, and replaces and counts anomalies.
//
// Sizes: any local size L, 1 unless GROUPED, and ceil(samples / (L * LANES * STEPS)) work-groups of
// it. In a work-group, neighbouring work-items convert neighbouring vectors, so that a GPU's
// accesses coalesce. With L = 1, the samples of a work-item are contiguous, which suits a CPU.
// Source and target may be the same buffer if their samples have the same size.
//
// A vector whose samples are all ordinary (isOrdinary) goes through convertOrdinary, any other one
// through convertSpecial.

#if ADJUST

// adjust.cl has its own.

#elif TO_EXPOSURE

static Targets convertSpecial(
    Sources bits, IntLanes present, Place place, const Terms *terms, Tally *tally, int *noted) {
  Sources magnitudes = bits & (Sources)(SOURCE_SIGN - 1);
  IntLanes zero = toIntLanes(magnitudes == (Sources)0);
  IntLanes nan = toIntLanes(magnitudes > (Sources)SOURCE_INFINITY);
  IntLanes infinite = toIntLanes(bits == (Sources)SOURCE_INFINITY);
  IntLanes clamped = toIntLanes(bits > (Sources)SOURCE_SIGN) & ~nan;
#if SOURCE == 64
  clamped |= toIntLanes(bits == (Sources)1);
#endif
  IntLanes special = zero | nan | infinite | clamped;
  Sources finite = select(bits, (Sources)SOURCE_ONE, toSourceMasks(special));
  Targets result = convertFinite(finite, terms->gain);
  result = select(result, (Targets)terms->zeroBits, toTargetMasks(zero));
  result = select(result, (Targets)terms->clampBits, toTargetMasks(clamped));
  result = select(result, (Targets)TARGET_INFINITY, toTargetMasks(infinite));
  result = select(result, (Targets)TARGET_NAN, toTargetMasks(nan));
  IntLanes kinds = (clamped & CLAMPED) | (nan & NOT_A_NUMBER) | (infinite & INFINITE);
  note(tally, noted, terms, place, special & present, asUintLanes(kinds));
  return result;
}

#else

static Targets convertSpecial(
    Sources bits, IntLanes present, Place place, const Terms *terms, Tally *tally, int *noted) {
  Sources magnitudes = bits & (Sources)(SOURCE_SIGN - 1);
  IntLanes nan = toIntLanes(magnitudes > (Sources)SOURCE_INFINITY);
  IntLanes infinite = toIntLanes(magnitudes == (Sources)SOURCE_INFINITY);
  IntLanes negative = toIntLanes(bits >= (Sources)SOURCE_SIGN);
  Sources finite = select(bits, (Sources)0, toSourceMasks(nan | infinite));
  Targets result = convertFinite(finite, terms->gain);
  IntLanes overflow = toIntLanes(result == (Targets)TARGET_INFINITY);
  IntLanes underflow = toIntLanes(result == (Targets)0);
  result = select(result, (Targets)TARGET_INFINITY, toTargetMasks(infinite & ~negative));
  result = select(result, (Targets)0, toTargetMasks(infinite & negative));
  result = select(result, (Targets)TARGET_NAN, toTargetMasks(nan));
  overflow &= ~(nan | infinite);
  underflow &= ~(nan | infinite);
  IntLanes kinds = nan & (NOT_A_NUMBER - FIRST_KIND);
  kinds |= infinite & (INFINITE - FIRST_KIND);
  kinds |= overflow & (OVERFLOW - FIRST_KIND);
  kinds |= underflow & (UNDERFLOW - FIRST_KIND);
  IntLanes special = (nan | infinite | overflow | underflow) & present;
  note(tally, noted, terms, place, special, asUintLanes(kinds));
  return result;
}

#endif

static Sources loadSources(__global const SourceBits *source, ulong index) {
#if ALIGNED
  return toSources(((__global const SourceMemory *)source)[index / LANES]);
#else
  return toSources(loadLanes(0, source + index));
#endif
}

static void storeTargets(Targets bits, __global TargetBits *target, ulong index) {
#if ALIGNED
  ((__global TargetMemory *)target)[index / LANES] = toTargetMemory(bits);
#else
  storeLanes(toTargetMemory(bits), 0, target + index);
#endif
}

// Converts the last samples, fewer than LANES. Ones fill up the vector and are not counted.
static void convertTail(
    __global const SourceBits *source,
    __global TargetBits *target,
    ulong index,
    ulong samples,
    Place place,
    const Terms *terms,
#if CHECKED
    Sums *sums,
#endif
    Tally *tally,
    int *noted) {
  int present[LANES];
  SourceBits read[LANES];
  TargetBits written[LANES];
  for (uint lane = 0; lane < LANES; lane++) {
    present[lane] = index + lane < samples ? -1 : 0;
    read[lane] = index + lane < samples ? source[index + lane] : (SourceBits)SOURCE_ONE;
  }
  Sources bits = toSources(loadLanes(0, read));
  IntLanes presentLanes = loadLanes(0, present);
  Targets result = convertSpecial(bits, presentLanes, place, terms, tally, noted);
  storeLanes(toTargetMemory(result), 0, written);
#if CHECKED
  addToSums(
      sums,
      bits & asSources(toSourceMasks(presentLanes)),
      result & asTargets(toTargetMasks(presentLanes)),
      index);
#endif
  for (uint lane = 0; lane < LANES && index + lane < samples; lane++) {
    target[index + lane] = written[lane];
  }
}

__kernel void convert(
    __global const SourceBits *source,
    __global TargetBits *target,
    const ulong samples,
    const uint channels,
    const uint firstChannel,
    const ulong zeroBits,
    const ulong clampBits,
    const ulong gainStops,
    const int gainExponent,
    const ulong gainHigh,
    const ulong gainMiddle,
    const ulong gainLow,
    __global uint *counts,
    __global uint *firsts) {
  const uint stride = (uint)get_local_size(0) * LANES;
  const ulong start = (ulong)get_group_id(0) * stride * STEPS + (ulong)get_local_id(0) * LANES;
  const uint strideChannels = CHANNELS_ONE ? 0 : stride % channels;
  Terms terms;
  terms.channels = channels;
  terms.firstChannel = CHANNELS_ONE ? 0 : (uint)((firstChannel + start) % channels);
  terms.zeroBits = zeroBits;
  terms.clampBits = clampBits;
  terms.gain = makeGain(gainStops, gainExponent, gainHigh, gainMiddle, gainLow);
#if ADJUST
  // The numbers of an adjustment come in the places of those of a conversion.
  terms.there.high = zeroBits;
  terms.there.low = clampBits;
  terms.there.exponent = gainExponent;
  terms.there.negative = (int)(gainLow >> 32);
  terms.back.high = gainHigh;
  terms.back.low = gainMiddle;
  terms.back.exponent = (int)(uint)gainLow;
  terms.back.negative = !terms.there.negative;
#endif
  terms.counts = counts + SUMS;
  terms.firsts = firsts;
  Place place = {0, (uint)start, terms.firstChannel, 0};
  Tally tally;
  int noted = 0;
  beginTally(&tally);
#if CHECKED
  Sums sums;
  clearSums(&sums);
#endif
  ulong index = start;
  while (place.step < STEPS && index + LANES <= samples) {
    Sources bits = loadSources(source, index);
    Targets result;
    if (inAllLanes(isOrdinary(bits, terms.gain))) {
      result = convertOrdinary(bits, terms.gain);
    } else {
      result = convertSpecial(bits, (IntLanes)-1, place, &terms, &tally, &noted);
    }
    storeTargets(result, target, index);
#if CHECKED
    addToSums(&sums, bits, result, index);
#endif
    index += stride;
    place = nextPlace(place, stride, strideChannels, &terms);
  }
  if (place.step < STEPS && index < samples) {
#if CHECKED
    convertTail(source, target, index, samples, place, &terms, &sums, &tally, &noted);
#else
    convertTail(source, target, index, samples, place, &terms, &tally, &noted);
#endif
  }
#if CHECKED && GROUPED
  __local uint groupSums[SUMS];
  flushSums(&sums, groupSums, counts);
#elif CHECKED
  flushSums(&sums, counts);
#endif
  if (noted) {
    flushTally(&tally, &terms, (uint)start, stride, strideChannels);
  }
}
