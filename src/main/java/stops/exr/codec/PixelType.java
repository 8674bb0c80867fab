package stops.exr.codec;

/**
 * The type of a channel's samples. The constants are in the order of their codes in the file.
 *
 * <p>API: programs that use Stops may rely on it.
 */
public enum PixelType {
  /** Unsigned 32-bit integers. */
  UINT(4),
  /** IEEE 754 binary16. */
  HALF(2),
  /** IEEE 754 binary32. */
  FLOAT(4);

  private final int bytes;

  PixelType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one sample in bytes. */
  public int bytes() {
    return bytes;
  }
}
