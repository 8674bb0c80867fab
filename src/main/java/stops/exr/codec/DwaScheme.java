package stops.exr.codec;

/** The coding of a DWA channel. The constants are in the order of their codes in the file. */
enum DwaScheme {
  /** Deflated; lossless. */
  DEFLATE,
  /** Cosine-transformed and quantised; lossy. */
  LOSSY,
  /** Run-length coded and deflated; lossless. */
  RUNS
}
