// Checksums of the samples that the kernel read and wrote. They tell the host whether every sample
// reached the device, and came back from it, unchanged. Only with CHECKED.
//
// There are two sums of the samples read, and two of those written: the sum of their bits, and the
// sum of their bits times their number, counted from 1. All are modulo 2^32. A change of one sample
// changes the first sum. Shifted or exchanged samples change the second.

// Number of counters before those of the anomalies: two sums of samples read, two of samples
// written.
#define SUMS 4

#if CHECKED

#if LANES == 2
#define LANE_NUMBERS (UintLanes)(1u, 2u)
#elif LANES == 4
#define LANE_NUMBERS (UintLanes)(1u, 2u, 3u, 4u)
#elif LANES == 8
#define LANE_NUMBERS (UintLanes)(1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u)
#else
#define LANE_NUMBERS                                                                               \
  (UintLanes)(1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u, 13u, 14u, 15u, 16u)
#endif

// Folds the 64 bits of a sample to 32: the low half, plus a multiple of the high half.
#define foldLong(bits) (toUintLanes(bits) + toUintLanes((bits) >> 32) * 0x9e3779b1u)

#if SOURCE == 64
#define foldSources foldLong
#else
#define foldSources(bits) (bits)
#endif

#if TARGET == 64
#define foldTargets foldLong
#elif TARGET == 32
#define foldTargets(bits) (bits)
#else
#define foldTargets(bits) ((bits) & 0xffffu)
#endif

typedef struct {
  UintLanes lanes[SUMS];
} Sums;

static void clearSums(Sums *sums) {
  for (uint i = 0; i < SUMS; i++) {
    sums->lanes[i] = 0;
  }
}

// Adds a vector. Its lane 0 is sample `index`.
static void addToSums(Sums *sums, Sources read, Targets written, ulong index) {
  UintLanes numbers = LANE_NUMBERS + (uint)index;
  UintLanes in = foldSources(read);
  UintLanes out = foldTargets(written);
  sums->lanes[0] += in;
  sums->lanes[1] += in * numbers;
  sums->lanes[2] += out;
  sums->lanes[3] += out * numbers;
}

static uint sumOfLanes(UintLanes lanes) {
  uint values[LANES];
  storeLanes(lanes, 0, values);
  uint sum = 0;
  for (uint lane = 0; lane < LANES; lane++) {
    sum += values[lane];
  }
  return sum;
}

#if GROUPED

// Adds the sums of a work-group to the counters. The work-items add theirs in local memory first,
// so that the counters take one atomic operation for each sum and work-group. All work-items of the
// work-group must get here, because of the barriers.
static void flushSums(const Sums *sums, __local uint *groupSums, __global uint *counters) {
  uint items = (uint)get_local_size(0);
  for (uint i = (uint)get_local_id(0); i < SUMS; i += items) {
    groupSums[i] = 0;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  for (uint i = 0; i < SUMS; i++) {
    atomic_add(&groupSums[i], sumOfLanes(sums->lanes[i]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  for (uint i = (uint)get_local_id(0); i < SUMS; i += items) {
    atomic_add(&counters[i], groupSums[i]);
  }
}

#else

static void flushSums(const Sums *sums, __global uint *counters) {
  for (uint i = 0; i < SUMS; i++) {
    atomic_add(&counters[i], sumOfLanes(sums->lanes[i]));
  }
}

#endif

#endif
