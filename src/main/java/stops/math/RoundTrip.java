package stops.math;

/**
 * Bounds the error of float32 intensities that are converted to float32 exposures and back. It is
 * at most 44 ULP, which is a relative error of 2.7e-6 or 2^-18 stops. Intensities between 1/2 and
 * 2, and powers of two, come back unchanged.
 *
 * <p>Let {@code x} lie in {@code [2^E, 2^(E+1))} and {@code e} be its rounded exposure. {@code
 * |log2(x)|} is at most {@code m}, the larger of {@code |E|} and {@code |E+1|}, so {@code e} is off
 * by at most {@code d}, half an ULP of the numbers just below {@code m}: {@code d = 2^-18} up to
 * 128 stops. {@code 2^e} then differs from {@code x} by at most {@code x*(2^d - 1) < 0.6932*d*x}.
 * It does not leave the binade, because both maps are monotonic and exact at its ends; so rounding
 * it adds at most half an ULP of {@code x}.
 *
 * <p>Float64 exposures lose nothing of float32: there {@code d} is at most 2^-46, and {@code
 * 0.6932*d*x} less than 2^-22 ULP of {@code x}, so that {@code 2^e} rounds to {@code x}. For the
 * same reason float32 exposures lose nothing of float16: {@code d} is at most 2^-20 for the 24
 * stops below 1, and {@code 0.6932*d*x} less than 2^-9 float16 ULP.
 */
final class RoundTrip {
  private RoundTrip() {}

  /**
   * The largest difference between {@code intensity} and the intensity that comes back from its
   * float32 exposure, in ULPs of {@code intensity}. It is a whole number, because both are float32.
   *
   * @param intensity finite, above 0
   */
  static int boundUlps(float intensity) {
    int exponent = Math.getExponent((double) intensity);
    float largest = Math.max(Math.abs(exponent), Math.abs(exponent + 1));
    double d = Math.ulp(Math.nextDown(largest)) / 2.0;
    return (int) (0.6932 * d * ((double) intensity / Math.ulp(intensity)) + 0.5);
  }
}
