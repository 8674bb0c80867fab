package stops.exr.codec;

/** How DWA codes a channel. The order is that of the codes in the file. */
enum DwaScheme {
  /** Deflated, without loss. */
  DEFLATE,
  /** Transformed by cosines and quantised. */
  LOSSY,
  /** Runs of equal bytes, deflated, without loss. */
  RUNS
}
