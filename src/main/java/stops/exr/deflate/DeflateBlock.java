package stops.exr.deflate;

import java.util.Arrays;

/**
 * Writes blocks of DEFLATE (RFC 1951). A block has dynamic codes, or is stored if that is shorter.
 */
final class DeflateBlock {
  private static final int STORED = 0;
  private static final int DYNAMIC = 2;

  private final DeflateCode literalCode = new DeflateCode(DeflateSymbols.LITERALS_AND_LENGTHS, 15);
  private final DeflateCode distanceCode = new DeflateCode(DeflateSymbols.DISTANCES, 15);
  private final CodeLengths codeLengths = new CodeLengths();
  private final int[] literalFrequencies = new int[DeflateSymbols.LITERALS_AND_LENGTHS];
  private final int[] oddFrequencies = new int[256];
  private final int[] distanceFrequencies = new int[DeflateSymbols.DISTANCES];
  private int literals;
  private long extraBits;
  private boolean stored;

  /**
   * Makes the codes of a block.
   *
   * @return an upper bound of the block's size in bits, including padding
   */
  long plan(byte[] bytes, int start, int end, DeflateTokens tokens) {
    count(bytes, start, tokens);
    literalCode.build(literalFrequencies);
    distanceCode.build(distanceFrequencies);
    codeLengths.plan(literalCode, distanceCode);
    long dynamicBits =
        3
            + codeLengths.bits()
            + literalCode.bits(literalFrequencies)
            + distanceCode.bits(distanceFrequencies)
            + extraBits;
    long storedBits = 3 + 7 + 32 + 8L * (end - start);
    stored = storedBits < dynamicBits;
    return Math.min(storedBits, dynamicBits);
  }

  /** Writes the planned block. */
  void write(byte[] bytes, int start, int end, DeflateTokens tokens, boolean last, BitSink out) {
    out.put(last ? 1 : 0, 1);
    if (stored) {
      out.put(STORED, 2);
      out.align();
      out.put(end - start, 16);
      out.put(~(end - start) & 0xffff, 16);
      out.putBytes(bytes, start, end - start);
      return;
    }
    out.put(DYNAMIC, 2);
    codeLengths.write(out);
    int[] codes = literalCode.codes();
    int at = start;
    for (int i = 0; i < tokens.matches(); i++) {
      out.putAll(bytes, at, tokens.literals(i), codes);
      putMatch(tokens.length(i), tokens.distance(i), out);
      at += tokens.literals(i) + tokens.length(i);
    }
    out.putAll(bytes, at, tokens.literals(tokens.matches()), codes);
    out.put(codes[DeflateSymbols.END_OF_BLOCK]);
  }

  /** Average size of a literal in the last block, in quarters of a bit; 1 or more. */
  int quarterBitsPerLiteral() {
    if (stored || literals == 0) {
      return 32;
    }
    long bits = 0;
    for (int literal = 0; literal < 256; literal++) {
      bits += (long) literalFrequencies[literal] * literalCode.lengths()[literal];
    }
    return (int) Math.max(2, 4 * bits / literals);
  }

  private void putMatch(int length, int distance, BitSink out) {
    int symbol = DeflateSymbols.ofLength(length);
    out.put(literalCode.codes()[DeflateSymbols.FIRST_LENGTH + symbol]);
    out.put(length - DeflateSymbols.lengthBase(symbol), DeflateSymbols.lengthExtraBits(symbol));
    int far = DeflateSymbols.ofDistance(distance);
    out.put(distanceCode.codes()[far]);
    out.put(distance - DeflateSymbols.distanceBase(far), DeflateSymbols.distanceExtraBits(far));
  }

  private void count(byte[] bytes, int start, DeflateTokens tokens) {
    Arrays.fill(literalFrequencies, 0);
    Arrays.fill(oddFrequencies, 0);
    Arrays.fill(distanceFrequencies, 0);
    literals = 0;
    extraBits = 0;
    int at = start;
    for (int i = 0; i <= tokens.matches(); i++) {
      int run = tokens.literals(i);
      countLiterals(bytes, at, run);
      literals += run;
      at += run;
      if (i < tokens.matches()) {
        int symbol = DeflateSymbols.ofLength(tokens.length(i));
        int far = DeflateSymbols.ofDistance(tokens.distance(i));
        literalFrequencies[DeflateSymbols.FIRST_LENGTH + symbol]++;
        distanceFrequencies[far]++;
        extraBits += DeflateSymbols.lengthExtraBits(symbol) + DeflateSymbols.distanceExtraBits(far);
        at += tokens.length(i);
      }
    }
    for (int literal = 0; literal < 256; literal++) {
      literalFrequencies[literal] += oddFrequencies[literal];
    }
    literalFrequencies[DeflateSymbols.END_OF_BLOCK] = 1;
  }

  /**
   * Counts literals in two tables alternately. Repeated increments of one counter would wait for
   * each other.
   */
  private void countLiterals(byte[] bytes, int from, int run) {
    int end = from + run;
    int at = from;
    for (; at < end - 1; at += 2) {
      literalFrequencies[bytes[at] & 0xff]++;
      oddFrequencies[bytes[at + 1] & 0xff]++;
    }
    if (at < end) {
      literalFrequencies[bytes[at] & 0xff]++;
    }
  }
}
