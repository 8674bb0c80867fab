package stops.exr.codec;

import java.util.Arrays;

/**
 * RLE: run-length coding of byte planes. A count c ≥ 0 precedes one byte, which is repeated c + 1
 * times. A count c < 0 precedes -c literal bytes.
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
    return pack(planes, bytes, packed, bytes);
  }

  /** A limit for {@link #pack} that suffices for any {@code bytes} bytes. */
  static int mostBytes(int bytes) {
    // 127 literals take 128 bytes; a shorter row of them is followed by a run, which saves one.
    return Math.addExact(bytes, bytes / LONGEST_RUN + 4);
  }

  /**
   * Packs {@code bytes} bytes into runs.
   *
   * @return number of bytes written to {@code packed}, or -1 if {@code limit} or more are needed
   */
  static int pack(byte[] planes, int bytes, byte[] packed, int limit) {
    int from = 0;
    int to = 0;
    while (from < bytes) {
      int run = run(planes, from, bytes);
      if (run >= SHORTEST_RUN) {
        if (to + 2 >= limit) {
          return -1;
        }
        packed[to++] = (byte) (run - 1);
        packed[to++] = planes[from];
        from += run;
      } else {
        int literals = literals(planes, from, bytes);
        if (to + 1 + literals >= limit) {
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

  /** Length of the run of equal bytes at {@code from}, limited to one count. */
  private static int run(byte[] planes, int from, int bytes) {
    int end = Math.min(bytes, from + LONGEST_RUN + 1);
    int to = from + 1;
    while (to < end && planes[to] == planes[from]) {
      to++;
    }
    return to - from;
  }

  /** Number of literal bytes before the next run, limited to one count. */
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
