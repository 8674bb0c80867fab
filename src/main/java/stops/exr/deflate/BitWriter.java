package stops.exr.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes bits into bytes, highest bit of each byte first, as long as there is room. */
public final class BitWriter {
  private static final VarHandle BIG_ENDIAN_LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int at;
  private long pending;
  private int free = Long.SIZE;
  private boolean full;

  /** Creates a writer to {@code bytes}, from {@code start} to before {@code end}. */
  public BitWriter(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    at = start;
  }

  /** Writes the lowest {@code count} bits of {@code value}, 1 to 63. Higher bits must be 0. */
  public void write(long value, int count) {
    if (count < free) {
      free -= count;
      pending |= value << free;
      return;
    }
    pending |= value >>> (count - free);
    if (end - at < Long.BYTES) {
      full = true;
    } else {
      BIG_ENDIAN_LONGS.set(bytes, at, pending);
      at += Long.BYTES;
    }
    free += Long.SIZE - count;
    pending = free == Long.SIZE ? 0 : value << free;
  }

  /** Whether bits were lost for lack of room. */
  public boolean full() {
    return full;
  }

  /** Number of bits written. */
  public long written() {
    return (at - start) * 8L + Long.SIZE - free;
  }

  /**
   * Pads the last byte with zeros. Returns the index after the last byte, or -1 if there was too
   * little room.
   */
  public int finish() {
    int rest = (Long.SIZE - free + 7) / 8;
    if (full || end - at < rest) {
      return -1;
    }
    for (int i = 0; i < rest; i++) {
      bytes[at++] = (byte) (pending >>> (56 - 8 * i));
    }
    return at;
  }
}
