package stops.exr.codec;

import java.util.ArrayList;
import java.util.List;
import stops.exr.deflate.LittleEndian;

/**
 * Packs blocks as DWAA or DWAB, which {@link DwaCompressor} unpacks: colour and luminance with
 * loss, alpha in runs, all else deflated.
 */
final class DwaPacker {
  private final boolean deflatesCosines;
  private final Zlib zlib;
  private final HuffmanEncoder huffman = new HuffmanEncoder();
  private final DwaSquaresPacker squares;

  /**
   * A packer.
   *
   * @param deflatesCosines whether coefficients are deflated; otherwise they are Huffman-coded
   * @param level of loss, 0 or more
   */
  DwaPacker(boolean deflatesCosines, float level, Zlib zlib) {
    this.deflatesCosines = deflatesCosines;
    this.zlib = zlib;
    squares = new DwaSquaresPacker(level);
  }

  /**
   * Packs a block.
   *
   * @param channels the rows of each channel, with the curve from linear to coded halves
   * @return the packed size in bytes, or -1 if it is not less than that of the block
   */
  int pack(byte[] raw, BlockLayout block, List<DwaRows> channels, byte[] packed)
      throws ExrException {
    List<DwaRule> rules =
        DwaRule.USUAL.stream()
            .filter(rule -> block.channels().stream().anyMatch(rule::isAbout))
            .toList();
    DwaPlan plan = DwaPlan.of(block.channels(), rules);
    int limit = Math.toIntExact(block.bytes()) - 1;
    int dataStart = DwaHeader.bytes(rules);
    if (dataStart > limit) {
      return -1;
    }
    addSquares(plan, channels, raw);
    byte[] plain = bytes(plan, DwaScheme.DEFLATE, channels);
    byte[] planes = bytes(plan, DwaScheme.RUNS, channels);
    gather(plan, channels, raw, plain, planes);

    Output output = new Output(packed, dataStart, limit);
    int deflatedBytes = output.deflate(plain, plain.length);
    int cosinesBytes = deflatesCosines ? deflateCosines(output) : output.encodeCosines();
    byte[] means = new byte[squares.meanBytes()];
    BytePlanes.split(squares.means(), squares.meanBytes(), means);
    int meansBytes = output.deflate(means, means.length);
    byte[] runs = new byte[RleCompressor.mostBytes(planes.length)];
    int runsInflated = RleCompressor.pack(planes, planes.length, runs, runs.length);
    int runsBytes = output.deflate(runs, runsInflated);
    if (output.at < 0) {
      return -1;
    }
    new DwaHeader(
            plain.length,
            deflatedBytes,
            cosinesBytes,
            meansBytes,
            runsBytes,
            runsInflated,
            planes.length,
            squares.cosineCount(),
            squares.meanBytes() / Short.BYTES,
            deflatesCosines,
            rules,
            dataStart)
        .write(packed);
    return output.at;
  }

  /** The end of a block, piece by piece. The position is -1 once a piece did not fit. */
  private final class Output {
    private final byte[] packed;
    private final int limit;
    private int at;

    Output(byte[] packed, int at, int limit) {
      this.packed = packed;
      this.at = at;
      this.limit = limit;
    }

    /** Returns the number of bytes that the piece takes. */
    int deflate(byte[] bytes, int count) {
      if (count == 0 || at < 0) {
        return 0;
      }
      int size = zlib.deflate(bytes, count, packed, at, limit - at);
      at = size < 0 ? -1 : at + size;
      return size;
    }

    int encodeCosines() {
      if (squares.cosineCount() == 0 || at < 0) {
        return 0;
      }
      int start = at;
      at = huffman.encode(squares.cosines(), squares.cosineCount(), packed, start, limit);
      return at - start;
    }
  }

  private int deflateCosines(Output output) {
    byte[] bytes = new byte[Short.BYTES * squares.cosineCount()];
    for (int i = 0; i < squares.cosineCount(); i++) {
      LittleEndian.putShort(bytes, Short.BYTES * i, squares.cosines()[i]);
    }
    return output.deflate(bytes, bytes.length);
  }

  private void addSquares(DwaPlan plan, List<DwaRows> channels, byte[] raw) {
    List<DwaRows[]> groups = new ArrayList<>();
    boolean[] done = new boolean[channels.size()];
    for (int[] colours : plan.colours()) {
      DwaRows[] together = new DwaRows[colours.length];
      for (int i = 0; i < colours.length; i++) {
        together[i] = channels.get(colours[i]).with(DwaCurve.fromLinear());
        done[colours[i]] = true;
      }
      groups.add(together);
    }
    for (int i = 0; i < channels.size(); i++) {
      if (plan.schemes().get(i) == DwaScheme.LOSSY && !done[i]) {
        groups.add(new DwaRows[] {channels.get(i)});
      }
    }
    long count = 0;
    for (DwaRows[] group : groups) {
      count += group.length * DwaSquares.squares(group[0].columns(), group[0].rows());
    }
    squares.begin(Math.toIntExact(count));
    for (DwaRows[] group : groups) {
      squares.add(group, raw);
    }
  }

  private static byte[] bytes(DwaPlan plan, DwaScheme scheme, List<DwaRows> channels) {
    int bytes = 0;
    for (int i = 0; i < channels.size(); i++) {
      bytes += plan.schemes().get(i) == scheme ? channels.get(i).bytes() : 0;
    }
    return new byte[bytes];
  }

  private static void gather(
      DwaPlan plan, List<DwaRows> channels, byte[] raw, byte[] plain, byte[] planes) {
    int plainAt = 0;
    int planesAt = 0;
    for (int i = 0; i < channels.size(); i++) {
      DwaRows channel = channels.get(i);
      switch (plan.schemes().get(i)) {
        case LOSSY -> {}
        case DEFLATE -> {
          for (int row = 0; row < channel.rows(); row++) {
            System.arraycopy(raw, channel.start(row), plain, plainAt, channel.rowBytes());
            plainAt += channel.rowBytes();
          }
        }
        case RUNS -> {
          splitBytes(channel, raw, planes, planesAt);
          planesAt += channel.bytes();
        }
      }
    }
  }

  /** Gathers the first bytes of all samples, then all second bytes, and so on. */
  private static void splitBytes(DwaRows channel, byte[] raw, byte[] planes, int from) {
    int samples = channel.columns() * channel.rows();
    int width = channel.type().bytes();
    int sample = from;
    for (int row = 0; row < channel.rows(); row++) {
      for (int column = 0; column < channel.columns(); column++, sample++) {
        int at = channel.start(row) + column * width;
        for (int i = 0; i < width; i++) {
          planes[sample + i * samples] = raw[at + i];
        }
      }
    }
  }
}
