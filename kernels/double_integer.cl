// The wide core's arithmetic on doubles for devices without double precision: one double at a time,
// in 32 and 64-bit integers. A double is its bits in a ulong. double_native.cl has the same names
// for devices with double precision.
//
// For zeros, subnormal and normal numbers, every operation gives the bits of IEEE 754, rounded to
// nearest even. The wide core needs all of these: a subnormal exposure or gain goes through the
// whole of exp2_wide.cl, where its sign may decide a tie. Infinities and NaNs do not reach the wide
// core. A result that overflows has meaningless bits; the wide core uses none.

#if !HAS_FP64 && WIDE

#define Doubles ulong
#define Ints int
#define Longs long
#define Ulongs ulong
#if SOURCE == 64
#define SourceValues ulong
#else
#define SourceValues uint
#endif
#if TARGET == 64
#define TargetValues ulong
#else
#define TargetValues uint
#endif

#define toInts convert_int
#define toLongs convert_long
#define toUlongs convert_ulong
#define toTargetValues JOIN(convert_, TargetValues)

#define asDoubles as_ulong
#define asLongs as_long
#define asUlongs as_ulong

// The double of the given bits.
#define DOUBLE(bits) (bits)

#define DOUBLE_SIGN 0x8000000000000000UL

// A magnitude is significand / 2^63 * 2^(exponent - 1023). That of a subnormal number or 0 has
// exponent 1, as the least normal numbers have, and a significand below 2^63.
static int exponentOf(ulong a) {
  return max((int)(a >> 52) & 0x7ff, 1);
}

static ulong significandOf(ulong a) {
  ulong leading = (a << 1) >> 53 ? DOUBLE_SIGN : 0;
  return leading | ((a << 12) >> 1);
}

// significand / 2^places. The last bit is also set if a bit that is set was shifted out.
static ulong shiftSticky(ulong significand, int places) {
  int shift = min(places, 63);
  ulong shifted = significand >> shift;
  return shifted | (shifted << shift != significand);
}

// Rounds a magnitude to nearest even. Its significand is 2^63 or more. The last bit stands for all
// bits below. Results may be subnormal or 0.
static ulong roundDouble(ulong sign, int exponent, ulong significand) {
  ulong aligned = shiftSticky(significand, max(1 - exponent, 0));
  ulong rounded = aligned >> 11;
  rounded += (aligned & 0x7ff) + (rounded & 1) > 0x400;
  // The leading bit of a normal number adds 1 to the exponent, and so does a carry from rounding.
  return sign | (((ulong)max(exponent - 1, 0) << 52) + rounded);
}

// A sign, and a magnitude of significand / 2^126 * 2^(exponent - 1023). The significand is 2^64 high
// + low.
typedef struct {
  ulong sign;
  int exponent;
  ulong high;
  ulong low;
} Product;

// The exact product. Its significand is below 2^127.
static Product exactProduct(ulong a, ulong b) {
  ulong left = significandOf(a);
  ulong right = significandOf(b) >> 1;
  Product product;
  product.sign = (a ^ b) & DOUBLE_SIGN;
  product.exponent = exponentOf(a) + exponentOf(b) - 1022;
  product.high = mul_hi(left, right);
  product.low = left * right;
  return product;
}

// Rounds to a double. The significand may have all 128 bits. 0 keeps its sign.
static ulong roundProduct(Product a) {
  int upperIsZero = a.high == 0;
  ulong high = upperIsZero ? a.low : a.high;
  ulong low = upperIsZero ? 0 : a.low;
  int zeros = clz(high | 1UL);
  ulong significand = (high << zeros) | ((low >> 1) >> (63 - zeros)) | (low << zeros != 0);
  int exponent = a.exponent + 1 - zeros - (upperIsZero ? 64 : 0);
  return high == 0 ? a.sign : roundDouble(a.sign, exponent, significand);
}

// Shifts to the right. The last bit is also set if a bit that is set was shifted out.
static Product shiftProduct(Product a, int places) {
  int far = places >= 64;
  ulong lost = far ? a.low : 0;
  ulong low = far ? a.high : a.low;
  ulong high = far ? 0 : a.high;
  int shift = min(far ? places - 64 : places, 63);
  lost |= (low << 1) << (63 - shift);
  a.low = (low >> shift) | ((high << 1) << (63 - shift)) | (lost != 0);
  a.high = high >> shift;
  return a;
}

static ulong negative(ulong a) {
  return a ^ DOUBLE_SIGN;
}

static ulong add(ulong a, ulong b) {
  int swapped = (a << 1) < (b << 1);
  ulong larger = swapped ? b : a;
  ulong smaller = swapped ? a : b;
  int exponent = exponentOf(larger);
  ulong upper = significandOf(larger) >> 1;
  // Below the 53 bits of a double are 10 more. If a bit is shifted out of these, at most one
  // leading bit cancels.
  ulong lower = shiftSticky(significandOf(smaller) >> 1, exponent - exponentOf(smaller));
  ulong sum = (larger ^ smaller) >> 63 ? upper - lower : upper + lower;
  int zeros = clz(sum | 1UL);
  return sum == 0
      ? a & b & DOUBLE_SIGN
      : roundDouble(larger & DOUBLE_SIGN, exponent + 1 - zeros, sum << zeros);
}

static ulong subtract(ulong a, ulong b) {
  return add(a, negative(b));
}

static ulong multiply(ulong a, ulong b) {
  return roundProduct(exactProduct(a, b));
}

// a b + c, rounded once.
//
// Bits are shifted out of the 128 only if one term is more than 2^20 times the other, or if they are
// below 2^-1148. In the first case, at most one leading bit cancels. Either way, the sum is rounded
// far above its last bit, which stands for those shifted out.
static ulong multiplyAdd(ulong a, ulong b, ulong c) {
  Product product = exactProduct(a, b);
  // A product of 0 must not shift c.
  product.exponent = (product.high | product.low) == 0 ? -4096 : product.exponent;
  Product term = {c & DOUBLE_SIGN, exponentOf(c), significandOf(c) >> 1, 0};
  int difference = product.exponent - term.exponent;
  Product larger = difference < 0 ? term : product;
  Product smaller = shiftProduct(difference < 0 ? product : term, (int)abs(difference));

  int opposite = product.sign != term.sign;
  ulong low = opposite ? -smaller.low : smaller.low;
  ulong high = opposite ? ~smaller.high + (smaller.low == 0) : smaller.high;
  Product sum = larger;
  sum.low = larger.low + low;
  sum.high = larger.high + high + (sum.low < low);
  int below = opposite && sum.high >> 63;
  sum.sign ^= below ? DOUBLE_SIGN : 0;
  sum.high = below ? ~sum.high + (sum.low == 0) : sum.high;
  sum.low = below ? -sum.low : sum.low;
  sum.sign = (sum.high | sum.low) == 0 ? product.sign & term.sign : sum.sign;
  return roundProduct(sum);
}

static ulong toDoubles(int a) {
  ulong magnitude = abs(a);
  int zeros = clz(magnitude | 1UL);
  ulong sign = a < 0 ? DOUBLE_SIGN : 0;
  return a == 0 ? 0 : roundDouble(sign, 1023 + 63 - zeros, magnitude << zeros);
}

// Masks of 64 bits: -1 where it is true, 0 elsewhere.
#define maskOf(comparison) (-(long)(comparison))
#define isNonzero(a) maskOf((a) << 1 != 0)

// The order of doubles as that of signed integers. Both zeros are 0.
static long orderOf(ulong a) {
  long magnitude = (long)(a & ~DOUBLE_SIGN);
  return a & DOUBLE_SIGN ? -magnitude : magnitude;
}

static long isLess(ulong a, ulong b) {
  return maskOf(orderOf(a) < orderOf(b));
}

// Reads `columns` entries of a row of a table of bits.
static void lookUp(__constant const ulong *table, int row, int columns, ulong *entries) {
  for (int column = 0; column < columns; column++) {
    entries[column] = table[columns * row + column];
  }
}

#endif
