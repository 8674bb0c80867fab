package stops.exr.codec;

import java.util.Arrays;

/**
 * RLE: byte planes, packed as runs. A count c ≥ 0 stands before a byte that is there c + 1 times; a
 * count c < 0 before -c bytes as they are.
 */
public final class RleCompressor extends BytePlaneCompressor {
  private static final int SHORTEST_RUN = 3;
  private static final int LONGEST_RUN = 127;

  @Override
  void unpackPlanes(byte[] packed, int packedBytes, byte[] to, int bytes) throws ExrException {
    unpack(packed, packedBytes, to, bytes);
  }

  /** Unpacks runs that fill exactly {@code bytes} bytes of {@code to}. */
  static void unpack(byte[] packed, int packedBytes, byte[] to, int bytes) throws ExrException {
    int from = 0;
    int at = 0;
    while (from < packedBytes) {
      int count = packed[from++];
      int run = count < 0 ? -count : count + 1;
      int stored = count < 0 ? run : 1;
      if (stored > packedBytes - from) {
        throw new ExrException("RLE data ends early");
      }
      if (run > bytes - at) {
        throw new ExrException("RLE data holds more than the block");
      }
      if (count < 0) {
        System.arraycopy(packed, from, to, at, run);
      } else {
        Arrays.fill(to, at, at + run, packed[from]);
      }
      from += stored;
      at += run;
    }
    if (at < bytes) {
      throw new ExrException("RLE data ends early");
    }
  }

  @Override
  int packPlanes(byte[] planes, int bytes, byte[] packed) {
    int from = 0;
    int to = 0;
    while (from < bytes) {
      int run = run(planes, from, bytes);
      if (run >= SHORTEST_RUN) {
        if (to + 2 >= bytes) {
          return -1;
        }
        packed[to++] = (byte) (run - 1);
        packed[to++] = planes[from];
        from += run;
      } else {
        int literals = literals(planes, from, bytes);
        if (to + 1 + literals >= bytes) {
          return -1;
        }
        packed[to++] = (byte) -literals;
        System.arraycopy(planes, from, packed, to, literals);
        to += literals;
        from += literals;
      }
    }
    return to;
  }

  @Override
  public void close() {}

  /** How often the byte at {@code from} is there in a row, as far as one count goes. */
  private static int run(byte[] planes, int from, int bytes) {
    int end = Math.min(bytes, from + LONGEST_RUN + 1);
    int to = from + 1;
    while (to < end && planes[to] == planes[from]) {
      to++;
    }
    return to - from;
  }

  /** How many bytes there are before the next run, as far as one count goes. */
  private static int literals(byte[] planes, int from, int bytes) {
    int end = Math.min(bytes, from + LONGEST_RUN);
    int to = from;
    while (to < end
        && (to + 2 >= bytes || planes[to] != planes[to + 1] || planes[to] != planes[to + 2])) {
      to++;
    }
    return to - from;
  }
}
