package stops.exr.codec;

import java.util.List;
import stops.exr.deflate.LittleEndian;

/**
 * The header of a DWA block.
 *
 * @param deflatedRaw uncompressed size of the deflated channels, in bytes
 * @param deflatedBytes compressed size of the deflated channels, in bytes
 * @param cosinesBytes compressed size of the cosine coefficients, in bytes
 * @param meansBytes compressed size of the squares' means, in bytes
 * @param runsBytes compressed size of the run-length channels, in bytes
 * @param runsInflated size of the run-length channels after inflation, in bytes
 * @param runsRaw uncompressed size of the run-length channels, in bytes
 * @param cosines number of 16-bit words of cosine coefficients
 * @param means number of means
 * @param cosinesDeflated whether the coefficients are deflated; otherwise they are Huffman-coded
 * @param rules the rules that assign a scheme to each channel
 * @param dataStart position of the data in the block: deflated channels, cosines, means, runs
 */
record DwaHeader(
    int deflatedRaw,
    int deflatedBytes,
    int cosinesBytes,
    int meansBytes,
    int runsBytes,
    int runsInflated,
    int runsRaw,
    int cosines,
    int means,
    boolean cosinesDeflated,
    List<DwaRule> rules,
    int dataStart) {
  private static final int NUMBERS = 11;
  private static final int NEWEST_VERSION = 2;
  private static final int FIRST_VERSION_WITH_RULES = 2;

  /** Reads the header at the beginning of a block. It checks that the data end within the block. */
  static DwaHeader read(byte[] packed, int packedBytes) throws ExrException {
    int at = NUMBERS * Long.BYTES;
    if (packedBytes < at) {
      throw endsEarly();
    }
    int version = number(packed, 0);
    if (version > NEWEST_VERSION) {
      throw new ExrException("DWA version " + version + " is not supported");
    }
    List<DwaRule> rules = DwaRule.LEGACY;
    if (version >= FIRST_VERSION_WITH_RULES) {
      if (packedBytes - at < Short.BYTES) {
        throw endsEarly();
      }
      int rulesBytes = LittleEndian.getShort(packed, at) & 0xffff;
      if (rulesBytes < Short.BYTES || rulesBytes > packedBytes - at) {
        throw endsEarly();
      }
      rules = DwaRule.read(packed, at + Short.BYTES, at + rulesBytes);
      at += rulesBytes;
    }
    int coding = number(packed, 10);
    if (coding > 1) {
      throw new ExrException("DWA coding of cosines " + coding + " is not supported");
    }
    DwaHeader header =
        new DwaHeader(
            number(packed, 1),
            number(packed, 2),
            number(packed, 3),
            number(packed, 4),
            number(packed, 5),
            number(packed, 6),
            number(packed, 7),
            number(packed, 8),
            number(packed, 9),
            coding == 1,
            rules,
            at);
    long data =
        (long) header.deflatedBytes + header.cosinesBytes + header.meansBytes + header.runsBytes;
    if (data > packedBytes - at) {
      throw endsEarly();
    }
    return header;
  }

  /** Writes the header of a block, whose data follow {@link #dataStart}. */
  void write(byte[] packed) {
    long[] numbers = {
      NEWEST_VERSION,
      deflatedRaw,
      deflatedBytes,
      cosinesBytes,
      meansBytes,
      runsBytes,
      runsInflated,
      runsRaw,
      cosines,
      means,
      cosinesDeflated ? 1 : 0
    };
    for (int i = 0; i < NUMBERS; i++) {
      LittleEndian.putLong(packed, i * Long.BYTES, numbers[i]);
    }
    int at = NUMBERS * Long.BYTES;
    int end = DwaRule.write(rules, packed, at + Short.BYTES);
    LittleEndian.putShort(packed, at, (short) (end - at));
  }

  /** Size in bytes of the header of a block with these rules. */
  static int bytes(List<DwaRule> rules) {
    int bytes = NUMBERS * Long.BYTES + Short.BYTES;
    for (DwaRule rule : rules) {
      bytes += rule.suffix().length() + 3;
    }
    return bytes;
  }

  int cosinesStart() {
    return dataStart + deflatedBytes;
  }

  int meansStart() {
    return cosinesStart() + cosinesBytes;
  }

  int runsStart() {
    return meansStart() + meansBytes;
  }

  private static int number(byte[] packed, int index) throws ExrException {
    long number = LittleEndian.getLong(packed, index * Long.BYTES);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new ExrException("DWA header is damaged");
    }
    return (int) number;
  }

  private static ExrException endsEarly() {
    return new ExrException("DWA data ends early");
  }
}
