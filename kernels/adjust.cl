// Adjustments in integers: intensity * 2^stops, or with SHIFT exposure + stops, rounded once.
//
// stops.math.Adjustment defines the results. Each sample is adjusted, and its result is adjusted
// back, to see whether that gives the sample again.

#if ADJUST

#define WIDE_ADJUST (SOURCE == 64 || TARGET == 64)

// A type of samples: significant bits with the hidden one, least exponent of a normal number, and
// the bits of infinity. The type's sign is the bit above infinity's first one.
typedef struct {
  int precision;
  int least;
  ulong infinity;
} Type;

#define TYPE_16 {11, -14, 0x7c00ul}
#define TYPE_32 {24, -126, 0x7f800000ul}
#define TYPE_64 {53, -1022, 0x7ff0000000000000ul}

static ulong signOf(Type type) {
  return (type.infinity + (1ul << (type.precision - 1)));
}

static ulong canonicalNan(Type type) {
  return type.infinity | (1ul << (type.precision - 2));
}

// Rounds a number once, to nearest even: high * 2^(exponent - 63), whose first bit is 1, and a
// little more if there is a rest.
static ulong roundNumber(int exponent, ulong high, int rest, Type type) {
  int shift = 64 - type.precision + max(0, type.least - exponent);
  int below = min(shift, 64) - 1;
  ulong kept = (high >> below) >> 1;
  ulong next = (high >> below) & 1;
  int more = (high & ((1ul << below) - 1)) != 0 || rest;
  ulong rounded = kept + (ulong)(next && (more || (kept & 1)));
  ulong magnitude =
      ((ulong)max(0, min(exponent, 2000) - type.least) << (type.precision - 1)) + rounded;
  magnitude = exponent > 1 - type.least ? type.infinity : min(magnitude, type.infinity);
  return shift > 64 ? 0 : magnitude;
}

#if !SHIFT && !WIDE_ADJUST

// A significand of at most 32 bits, at the upper end, times one of 96 bits.
static ulong operate(int negative, int exponent, ulong significand, Operand by, Type to) {
  ulong upper = significand >> 32;
  ulong first = upper * (by.high >> 32);
  ulong second = upper * (by.high & 0xfffffffful);
  ulong third = upper * (by.low >> 32);
  ulong middle = second + (third >> 32);
  ulong product = first + (middle >> 32);
  int rest = ((uint)middle | (uint)third) != 0;
  int large = product >> 63 != 0;
  ulong result =
      roundNumber(exponent + by.exponent + large, large ? product : product << 1, rest, to);
  return negative ? result | signOf(to) : result;
}

#elif !SHIFT

static ulong operate(int negative, int exponent, ulong significand, Operand by, Type to) {
  ulong high = mul_hi(significand, by.high);
  ulong product = significand * by.high;
  ulong middle = product + mul_hi(significand, by.low);
  ulong low = significand * by.low;
  high += middle < product ? 1 : 0;
  int large = high >> 63 != 0;
  int rest = low != 0 || middle << (large ? 0 : 1) != 0;
  ulong result =
      roundNumber(
          exponent + by.exponent + large, large ? high : (high << 1) | (middle >> 63), rest, to);
  return negative ? result | signOf(to) : result;
}

#else

// The sum of two numbers of 128 bits, whose first bits are 1 unless they are 0.
static ulong operate(int negative, int exponent, ulong significand, Operand by, Type to) {
  ulong one = significand;
  ulong oneLow = 0;
  ulong two = by.high;
  ulong twoLow = by.low;
  int distance = exponent - by.exponent;
  int isFirst =
      two == 0 || (one != 0 && (distance != 0 ? distance > 0 : one > two || (one == two && !twoLow)));
  ulong large = isFirst ? one : two;
  ulong largeLow = isFirst ? oneLow : twoLow;
  ulong small = isFirst ? two : one;
  ulong smallLow = isFirst ? twoLow : oneLow;
  int sign = isFirst ? negative : by.negative;
  int same = negative == by.negative || small == 0;
  int top = isFirst ? exponent : by.exponent;
  int shift = small == 0 ? 0 : min(distance < 0 ? -distance : distance, 128);
  // The smaller number, shifted; the parts that fall out are the rest.
  int part = shift & 63;
  ulong carried = part == 0 ? 0 : small << (64 - part);
  ulong lost = part == 0 ? 0 : smallLow << (64 - part);
  ulong shiftedHigh = shift < 64 ? small >> part : 0;
  ulong shiftedLow =
      shift < 64 ? (smallLow >> part) | carried : shift < 128 ? small >> part : 0;
  int rest = shift < 64 ? lost != 0 : shift < 128 ? (smallLow | carried) != 0 : small != 0;
  if (same) {
    ulong sumLow = largeLow + shiftedLow;
    ulong sum = large + shiftedHigh;
    int over = sum < large;
    ulong carry = sumLow < largeLow ? 1 : 0;
    sum += carry;
    over |= carry && sum == 0;
    rest = rest || (over ? ((sum & 1) | sumLow) != 0 : sumLow != 0);
    ulong result =
        roundNumber(top + over, over ? (sum >> 1) | 0x8000000000000000ul : sum, rest, to);
    return sign ? result | signOf(to) : result;
  }
  ulong difference = large - shiftedHigh - (largeLow < shiftedLow ? 1 : 0);
  ulong differenceLow = largeLow - shiftedLow;
  if (rest) {
    // A rest of the smaller number makes the difference smaller by less than its last bit.
    difference -= differenceLow == 0 ? 1 : 0;
    differenceLow--;
  }
  if (difference == 0 && differenceLow == 0 && !rest) {
    return 0;
  }
  int zeros = difference == 0 ? 64 + (int)clz(differenceLow) : (int)clz(difference);
  int left = zeros & 63;
  ulong first =
      zeros >= 64
          ? differenceLow << left
          : left == 0 ? difference : (difference << left) | (differenceLow >> (64 - left));
  ulong second = zeros >= 64 ? 0 : differenceLow << left;
  ulong result = roundNumber(top - zeros, first, rest || second != 0, to);
  return sign ? result | signOf(to) : result;
}

#endif

// The result of a sample. NaN and infinities stay what they are.
static ulong adjust(ulong bits, Operand by, Type from, Type to) {
  ulong sign = signOf(from);
  int negative = (bits & sign) != 0;
  ulong magnitude = bits & (sign - 1);
  ulong hidden = 1ul << (from.precision - 1);
  int normal = magnitude >= hidden;
  ulong fraction = magnitude & (hidden - 1);
  ulong significand = normal ? fraction | hidden : fraction;
  int zeros = (int)clz(significand | 1ul);
  int exponent =
      normal
          ? from.least - 1 + (int)(magnitude >> (from.precision - 1))
          : from.least - (zeros - (64 - from.precision));
  ulong signedZero = negative ? signOf(to) : 0;
#if SHIFT
  int stays = magnitude == 0 && by.high == 0;
#else
  int stays = magnitude == 0;
#endif
  ulong result =
      stays ? signedZero : operate(negative, exponent, significand << zeros, by, to);
  ulong kept = from.precision == to.precision ? bits : canonicalNan(to);
  result = magnitude == from.infinity ? signedZero | to.infinity : result;
  return magnitude > from.infinity ? kept : result;
}

static ulong adjustThere(ulong bits, Operand by) {
  Type from = JOIN(TYPE_, SOURCE);
  Type to = JOIN(TYPE_, TARGET);
  return adjust(bits, by, from, to);
}

static ulong adjustBack(ulong bits, Operand by) {
  Type from = JOIN(TYPE_, TARGET);
  Type to = JOIN(TYPE_, SOURCE);
  return adjust(bits, by, from, to);
}

#if GROUPED

// There is no loop over an array of lanes: see convert_integer.cl.
#define each2(f, v, by) (ulong2)(f((v).s0, by), f((v).s1, by))
#define each4(f, v, by) (ulong4)(each2(f, (v).lo, by), each2(f, (v).hi, by))
#define each8(f, v, by) (ulong8)(each4(f, (v).lo, by), each4(f, (v).hi, by))
#define each16(f, v, by) (ulong16)(each8(f, (v).lo, by), each8(f, (v).hi, by))
#define eachLane JOIN(each, LANES)

static Targets adjustLanes(Sources bits, Operand by) {
  UlongLanes values = toUlongLanes(bits);
  return toTargets(eachLane(adjustThere, values, by));
}

static Sources adjustLanesBack(Targets bits, Operand by) {
  UlongLanes values = toUlongLanes(bits);
  return toSources(eachLane(adjustBack, values, by));
}

#else

static Targets adjustLanes(Sources bits, Operand by) {
  ulong values[LANES];
  storeLanes(toUlongLanes(bits), 0, values);
  for (uint lane = 0; lane < LANES; lane++) {
    values[lane] = adjustThere(values[lane], by);
  }
  return toTargets(loadLanes(0, values));
}

static Sources adjustLanesBack(Targets bits, Operand by) {
  ulong values[LANES];
  storeLanes(toUlongLanes(bits), 0, values);
  for (uint lane = 0; lane < LANES; lane++) {
    values[lane] = adjustBack(values[lane], by);
  }
  return toSources(loadLanes(0, values));
}

#endif

// All vectors go through convertSpecial, since many samples of an adjustment are rounded.
static SourceMasks isOrdinary(Sources bits, Gain gain) {
  return (SourceMasks)0;
}

static Targets convertOrdinary(Sources bits, Gain gain) {
  return toTargets(bits);
}

static Targets convertSpecial(
    Sources bits, IntLanes present, Place place, const Terms *terms, Tally *tally, int *noted) {
  Targets result = adjustLanes(bits, terms->there);
  Sources again = adjustLanesBack(result, terms->back);
  Targets size = result & ~((Targets)1 << (TARGET - 1));
  IntLanes finite = toIntLanes((bits & (Sources)(SOURCE_SIGN - 1)) < (Sources)SOURCE_INFINITY);
  IntLanes overflow = toIntLanes(size == (Targets)TARGET_INFINITY) & finite;
  IntLanes lost = toIntLanes(again != bits) & finite & ~overflow;
#if SHIFT
  IntLanes underflow = 0;
#else
  IntLanes underflow = toIntLanes(size == (Targets)0) & lost;
#endif
  IntLanes kinds = overflow & (OVERFLOW - FIRST_KIND);
  kinds |= underflow & (UNDERFLOW - FIRST_KIND);
  kinds |= lost & ~underflow & (ROUNDED - FIRST_KIND);
  note(tally, noted, terms, place, (overflow | lost) & present, asUintLanes(kinds));
  return result;
}

#endif
