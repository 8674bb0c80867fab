package stops.exr.deflate;

/**
 * Writes bits into an array, lowest bit of each byte first. It stores eight bytes at a time, so the
 * array must be eight bytes longer than the output.
 */
final class BitSink {
  private byte[] bytes = new byte[0];
  private int position;
  private long waiting;
  private int waitingBits;

  void start(byte[] target) {
    bytes = target;
    position = 0;
    waiting = 0;
    waitingBits = 0;
  }

  /** Number of bytes written, including a partial one. */
  int size() {
    return position + (waitingBits + 7 >>> 3);
  }

  /** Writes the lowest {@code count} bits, 32 at most. Higher bits must be 0. */
  void put(long bits, int count) {
    waiting |= bits << waitingBits;
    waitingBits += count;
    drain();
  }

  /** Writes a code of {@link DeflateCode#codes}. */
  void put(int code) {
    put(code & 0xffff, code >>> 16);
  }

  /** Writes the codes of {@code count} bytes from {@code from} on. */
  void putAll(byte[] literals, int from, int count, int[] codes) {
    int end = from + count;
    int at = from;
    long bits = waiting;
    int size = waitingBits;
    int to = position;
    // Three codes have 45 bits at most, and 7 bits may be waiting.
    for (; at < end - 2; at += 3) {
      int first = codes[literals[at] & 0xff];
      int second = codes[literals[at + 1] & 0xff];
      int third = codes[literals[at + 2] & 0xff];
      bits |= (long) (first & 0xffff) << size;
      size += first >>> 16;
      bits |= (long) (second & 0xffff) << size;
      size += second >>> 16;
      bits |= (long) (third & 0xffff) << size;
      size += third >>> 16;
      LittleEndian.putLong(bytes, to, bits);
      to += size >>> 3;
      bits >>>= size & ~7;
      size &= 7;
    }
    waiting = bits;
    waitingBits = size;
    position = to;
    for (; at < end; at++) {
      put(codes[literals[at] & 0xff]);
    }
  }

  /** Pads with zeros to a byte boundary. */
  void align() {
    put(0, -waitingBits & 7);
  }

  /** Writes whole bytes. The position must be at a byte boundary. */
  void putBytes(byte[] source, int from, int count) {
    System.arraycopy(source, from, bytes, position, count);
    position += count;
  }

  private void drain() {
    LittleEndian.putLong(bytes, position, waiting);
    position += waitingBits >>> 3;
    waiting >>>= waitingBits & ~7;
    waitingBits &= 7;
  }
}
