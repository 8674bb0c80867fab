// Counts anomalies and finds the first of each kind, without an atomic operation per sample.
//
// A work-item keeps two bytes for each lane and kind: the count, and the step of the first. The
// channel of a lane repeats after some steps, a period. Each step of a period is a phase, and each
// phase has bytes of its own. At the end, the work-item adds its bytes to the global counters.
// Anomalies of phases from PHASES on are added at once.

// Ordinals of stops.engine.Anomaly.
#define UNDEFINED 0
#define CLAMPED 1
#define NOT_A_NUMBER 2
#define INFINITE 3
#define OVERFLOW 4
#define UNDERFLOW 5
#define ROUNDED 6
#define KINDS 8

// The four kinds of a direction follow each other. This is the first of them.
#if ADJUST
#define FIRST_KIND INFINITE
#elif TO_EXPOSURE
#define FIRST_KIND UNDEFINED
#else
#define FIRST_KIND NOT_A_NUMBER
#endif
#define DIRECTION_KINDS 4

#if CHANNELS_ONE
#define PHASES 1
#else
#define PHASES 8
#endif

// The parameters of the conversion, the same for all vectors of a work-item.
typedef struct {
  uint channels;
  uint firstChannel; // of lane 0 in step 0
  ulong zeroBits;
  ulong clampBits;
  Gain gain;
#if ADJUST
  Operand there;
  Operand back;
#endif
  __global uint *counts;
  __global uint *firsts;
} Terms;

// The position of a vector.
typedef struct {
  uint step;
  uint index;   // of lane 0
  uint channel; // of lane 0
  uint phase;
} Place;

// Whether a work-item has noted anomalies is an int beside its tally. In the struct with the arrays
// it would be in scratch memory with them, and every work-item would access that.
typedef struct {
  UintLanes counts[PHASES];
  UintLanes firsts[PHASES];
} Tally;

static void clearTally(Tally *tally) {
  for (uint phase = 0; phase < PHASES; phase++) {
    tally->counts[phase] = 0;
    tally->firsts[phase] = 0;
  }
}

// The bytes of one phase are in registers. Those of several are in scratch memory on most cards, so
// only the first anomaly clears them: work-items without anomalies do not touch that memory.
static void beginTally(Tally *tally) {
#if CHANNELS_ONE
  clearTally(tally);
#endif
}

// The place that is `stride` samples and `strideChannels` channels further on.
static Place nextPlace(Place place, uint stride, uint strideChannels, const Terms *terms) {
  place.step++;
  place.index += stride;
#if !CHANNELS_ONE
  place.channel += strideChannels;
  place.channel -= place.channel >= terms->channels ? terms->channels : 0;
  place.phase = place.channel == terms->firstChannel ? 0 : place.phase + 1;
#endif
  return place;
}

static void addToCounters(const Terms *terms, uint channel, uint kind, uint count, uint first) {
  uint at = channel * KINDS + FIRST_KIND + kind;
  atomic_add(&terms->counts[at], count);
  atomic_min(&terms->firsts[at], first);
}

static void noteAtOnce(const Terms *terms, Place place, IntLanes special, UintLanes kinds) {
  int specials[LANES];
  uint kind[LANES];
  storeLanes(special, 0, specials);
  storeLanes(kinds, 0, kind);
  for (uint lane = 0; lane < LANES; lane++) {
    if (specials[lane]) {
      uint channel = (place.channel + lane) % terms->channels;
      addToCounters(terms, channel, kind[lane], 1, place.index + lane);
    }
  }
}

// Counts the lanes where `special` is -1 as anomalies. Their `kinds` are numbered from FIRST_KIND.
// Sets `noted` if the tally holds some.
static void note(
    Tally *tally, int *noted, const Terms *terms, Place place, IntLanes special, UintLanes kinds) {
  if (inNoLane(special)) {
    return;
  }
  if (place.phase >= PHASES) {
    noteAtOnce(terms, place, special, kinds);
    return;
  }
#if !CHANNELS_ONE
  if (!*noted) {
    clearTally(tally);
  }
#endif
  UintLanes shifts = kinds << 3;
  UintLanes counts = tally->counts[place.phase];
  UintLanes fresh = asUintLanes(special & (((counts >> shifts) & 0xffu) == 0u));
  tally->firsts[place.phase] |= ((UintLanes)place.step << shifts) & fresh;
  tally->counts[place.phase] = counts + (((UintLanes)1u << shifts) & asUintLanes(special));
  *noted = 1;
}

// Adds the bytes of one phase to the counters. In this phase, lane 0 belongs to channel `channel`.
// Step 0 begins at sample `start`, and steps are `stride` samples apart.
static void flushPhase(
    const Tally *tally, uint phase, const Terms *terms, uint channel, uint start, uint stride) {
  uint counts[LANES];
  uint firsts[LANES];
  storeLanes(tally->counts[phase], 0, counts);
  storeLanes(tally->firsts[phase], 0, firsts);
  for (uint kind = 0; kind < DIRECTION_KINDS; kind++) {
    uint sum = 0;
    uint least = 0xffffffffu;
    for (uint lane = 0; lane < LANES; lane++) {
      uint count = (counts[lane] >> (8 * kind)) & 0xffu;
      uint first = start + ((firsts[lane] >> (8 * kind)) & 0xffu) * stride + lane;
#if CHANNELS_ONE
      sum += count;
      least = count ? min(least, first) : least;
#else
      if (count) {
        addToCounters(terms, (channel + lane) % terms->channels, kind, count, first);
      }
#endif
    }
    if (sum) {
      addToCounters(terms, 0, kind, sum, least);
    }
  }
}

static void flushTally(
    const Tally *tally, const Terms *terms, uint start, uint stride, uint strideChannels) {
  uint channel = terms->firstChannel;
  for (uint phase = 0; phase < PHASES; phase++) {
    flushPhase(tally, phase, terms, channel, start, stride);
#if !CHANNELS_ONE
    channel += strideChannels;
    channel -= channel >= terms->channels ? terms->channels : 0;
    if (channel == terms->firstChannel) {
      return;
    }
#endif
  }
}
