// The sources of a program, in this order:
//
//   all            lanes samples sums tally, one of the following, adjust convert
//   in doubles     lanes samples sums tally rounding_fp64 log2_fp64 exp2_fp64
//                  double_native WIDE convert
//   in pairs       lanes samples sums tally INTEGER rounding_pairs log2_pairs exp2_pairs
//                  double_integer WIDE convert
//   in integers    lanes samples sums tally INTEGER double_integer WIDE convert
//   INTEGER        rounding_integer log2_integer exp2_integer convert_integer
//   WIDE           rounding_wide log2_wide exp2_wide convert_wide
//   built-ins      lanes builtin
//
// They are built with -cl-std=CL1.2 and the options below. No other option may change arithmetic.
// This file has the defaults of the options, and vectors of LANES samples.
//
// SOURCE, TARGET   bits of a sample read and written: 16, 32 or 64
// TO_EXPOSURE      1: log2(intensity); 0: 2^exposure
// HAS_FP64         1: double arithmetic; 0: none
// PAIRS            without HAS_FP64, 1: pairs of float32, and integers where these are not exact
//                  enough; 0: only integers of 32 and 64 bits
// ADJUST           1: intensity * 2^stops, or with SHIFT 1 exposure + stops; 0: a map
// GAIN             1: the gain is applied; 0: it is ignored
// CHANNELS_ONE     1: one channel; 0: interleaved channels
// LANES            samples in a vector: 2, 4, 8 or 16
// STEPS            vectors that a work-item converts, 1 to 255
// GROUPED          1: a work-group may have several work-items; 0: it has one
// ALIGNED          1: both buffers are aligned to LANES samples; 0: to one sample
// CHECKED          1: sums over the samples read and written are added to their counters; 0: these
//                  counters stay as they are

#pragma OPENCL FP_CONTRACT OFF

#ifndef SOURCE
#define SOURCE 32
#endif
#ifndef TARGET
#define TARGET 32
#endif
#ifndef TO_EXPOSURE
#define TO_EXPOSURE 1
#endif
#ifndef HAS_FP64
#define HAS_FP64 0
#endif
#ifndef PAIRS
#define PAIRS 0
#endif
#ifndef ADJUST
#define ADJUST 0
#endif
#ifndef SHIFT
#define SHIFT 0
#endif
#ifndef GAIN
#define GAIN 0
#endif
#ifndef CHANNELS_ONE
#define CHANNELS_ONE 0
#endif
#ifndef LANES
#define LANES 4
#endif
#ifndef STEPS
#define STEPS 8
#endif
#ifndef GROUPED
#define GROUPED 1
#endif
#ifndef ALIGNED
#define ALIGNED 0
#endif
#ifndef CHECKED
#define CHECKED 0
#endif

#if HAS_FP64
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif

// Whether the conversion needs the wide core, which computes with sums of two doubles. All other
// conversions are correctly rounded.
#define WIDE (GAIN || SOURCE == 64 || TARGET == 64)

#define JOIN_NOW(a, b) a##b
#define JOIN(a, b) JOIN_NOW(a, b)

#define IntLanes JOIN(int, LANES)
#define UintLanes JOIN(uint, LANES)
#define LongLanes JOIN(long, LANES)
#define UlongLanes JOIN(ulong, LANES)
#define FloatLanes JOIN(float, LANES)
#define DoubleLanes JOIN(double, LANES)

#define toIntLanes JOIN(convert_int, LANES)
#define toUintLanes JOIN(convert_uint, LANES)
#define toLongLanes JOIN(convert_long, LANES)
#define toUlongLanes JOIN(convert_ulong, LANES)
#define toFloatLanes JOIN(convert_float, LANES)
#define toDoubleLanes JOIN(convert_double, LANES)

#define asIntLanes JOIN(as_int, LANES)
#define asUintLanes JOIN(as_uint, LANES)
#define asLongLanes JOIN(as_long, LANES)
#define asUlongLanes JOIN(as_ulong, LANES)
#define asFloatLanes JOIN(as_float, LANES)
#define asDoubleLanes JOIN(as_double, LANES)

#define loadLanes JOIN(vload, LANES)
#define storeLanes JOIN(vstore, LANES)

// Whether a mask, of 0 or -1 in each lane, is -1 in all lanes. PoCL compiles all() to a chain of
// branches.
#if LANES == 2
#define packMasks(masks) as_ushort(convert_char2(masks))
#define ALL_MASKS 0xffffu
#elif LANES == 4
#define packMasks(masks) as_uint(convert_char4(masks))
#define ALL_MASKS 0xffffffffu
#elif LANES == 8
#define packMasks(masks) as_ulong(convert_char8(masks))
#define ALL_MASKS 0xffffffffffffffffUL
#else
#define packMasks(masks) as_ulong(convert_char8((masks).lo & (masks).hi))
#define ALL_MASKS 0xffffffffffffffffUL
#endif
#define inAllLanes(masks) (packMasks(masks) == ALL_MASKS)

// Whether a mask is 0 in all lanes. Vectors of cards (LANES 4 or less) ask any(): Intel's compiler
// of 2022 crashed on the packed masks of log2 to float64.
#if LANES <= 4
#define inNoLane(masks) (!any(masks))
#else
#define inNoLane(masks) inAllLanes(~(masks))
#endif
