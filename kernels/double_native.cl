// The wide core's arithmetic on doubles: the device's own, on vectors. double_integer.cl has the
// same names for devices without double precision.

#if HAS_FP64 && WIDE

#define Doubles DoubleLanes
#define Ints IntLanes
#define Longs LongLanes
#define Ulongs UlongLanes
#define SourceValues Sources
#define TargetValues Targets

#define toDoubles toDoubleLanes
#define toInts toIntLanes
#define toLongs toLongLanes
#define toUlongs toUlongLanes
#define toTargetValues toTargets

#define asDoubles asDoubleLanes
#define asLongs asLongLanes
#define asUlongs asUlongLanes

// The double of the given bits.
#define DOUBLE(bits) ((Doubles)as_double(bits))

#define negative(a) (-(a))
#define add(a, b) ((a) + (b))
#define subtract(a, b) ((a) - (b))
#define multiply(a, b) ((a) * (b))
#define multiplyAdd(a, b, c) fma(a, b, c)

// Masks of 64 bits: -1 where it is true, 0 elsewhere.
#define isLess(a, b) ((a) < (b))
#define isNonzero(a) ((a) != 0.0)
#define maskOf(comparison) (comparison)

// Reads `columns` entries of each lane's row of a table of bits.
static void lookUp(__constant const ulong *table, Ints rows, int columns, Doubles *entries) {
  int row[LANES];
  double values[LANES];
  storeLanes(rows, 0, row);
  for (int column = 0; column < columns; column++) {
    for (uint lane = 0; lane < LANES; lane++) {
      values[lane] = as_double(table[columns * row[lane] + column]);
    }
    entries[column] = loadLanes(0, values);
  }
}

#endif
