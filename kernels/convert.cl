// The conversion kernel: reads samples, converts them, replaces and counts those that are out of
// the ordinary.
//
// Sizes: any local size L, and ceil(samples / (L * LANES * STEPS)) work-groups of it. In a work-
// group, neighbouring work-items convert neighbouring vectors, so that a GPU's accesses coalesce;
// L = 1 makes a work-item's samples one run, which is what a CPU wants. Source and target may be
// the same buffer where samples have the same size.
//
// An ordinary vector, none of whose samples can be special (isOrdinary), takes the short way; any
// other one goes through convertSpecial.

#if TO_EXPOSURE

static Targets convertSpecial(Sources bits, const Place *place, Tally *tally) {
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
  Targets result = convertFinite(finite, place->gain);
  result = select(result, (Targets)place->zeroBits, toTargetMasks(zero));
  result = select(result, (Targets)place->clampBits, toTargetMasks(clamped));
  result = select(result, (Targets)TARGET_INFINITY, toTargetMasks(infinite));
  result = select(result, (Targets)TARGET_NAN, toTargetMasks(nan));
  IntLanes kinds = (clamped & CLAMPED) | (nan & NOT_A_NUMBER) | (infinite & INFINITE);
  note(tally, place, special, asUintLanes(kinds));
  return result;
}

#else

static Targets convertSpecial(Sources bits, const Place *place, Tally *tally) {
  Sources magnitudes = bits & (Sources)(SOURCE_SIGN - 1);
  IntLanes nan = toIntLanes(magnitudes > (Sources)SOURCE_INFINITY);
  IntLanes infinite = toIntLanes(magnitudes == (Sources)SOURCE_INFINITY);
  IntLanes negative = toIntLanes(bits >= (Sources)SOURCE_SIGN);
  Sources finite = select(bits, (Sources)0, toSourceMasks(nan | infinite));
  Targets result = convertFinite(finite, place->gain);
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
  note(tally, place, nan | infinite | overflow | underflow, asUintLanes(kinds));
  return result;
}

#endif

static Targets convertLanes(Sources bits, const Place *place, Tally *tally) {
  if (inAllLanes(isOrdinary(bits, place->gain))) {
    return convertOrdinary(bits, place->gain);
  }
  return convertSpecial(bits, place, tally);
}

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

// Reads the last samples, fewer than LANES, filled up with ones that are not counted.
static Sources loadTail(
    __global const SourceBits *source, ulong index, ulong samples, IntLanes *present) {
  int here[LANES];
  SourceBits bits[LANES];
  for (uint lane = 0; lane < LANES; lane++) {
    here[lane] = index + lane < samples ? -1 : 0;
    bits[lane] = index + lane < samples ? source[index + lane] : (SourceBits)SOURCE_ONE;
  }
  *present = loadLanes(0, here);
  return toSources(loadLanes(0, bits));
}

static void storeTail(Targets bits, __global TargetBits *target, ulong index, ulong samples) {
  TargetBits lanes[LANES];
  storeLanes(toTargetMemory(bits), 0, lanes);
  for (uint lane = 0; lane < LANES && index + lane < samples; lane++) {
    target[index + lane] = lanes[lane];
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
  Place place;
  place.channels = channels;
  place.firstChannel = CHANNELS_ONE ? 0 : (uint)((firstChannel + start) % channels);
  place.channel = place.firstChannel;
  place.phase = 0;
  place.present = -1;
  place.zeroBits = zeroBits;
  place.clampBits = clampBits;
  place.gain = makeGain(gainStops, gainExponent, gainHigh, gainMiddle, gainLow);
  place.counts = counts;
  place.firsts = firsts;
  Tally tally;
  clearTally(&tally);
  ulong index = start;
  for (uint step = 0; step < STEPS && index < samples; step++) {
    place.step = step;
    place.index = (uint)index;
    const int whole = index + LANES <= samples;
    const Sources bits =
        whole ? loadSources(source, index) : loadTail(source, index, samples, &place.present);
    const Targets result = convertLanes(bits, &place, &tally);
    if (whole) {
      storeTargets(result, target, index);
    } else {
      storeTail(result, target, index, samples);
    }
    index += stride;
    nextPlace(&place, strideChannels);
  }
  if (tally.any) {
    flushTally(&tally, &place, (uint)start, stride, strideChannels);
  }
}
