package stops.exr.codec;

import java.util.ArrayList;
import java.util.List;
import stops.exr.deflate.LittleEndian;

/**
 * DWAA and DWAB, which differ in the number of rows per block. Colour and luminance channels are
 * coded by cosine transforms, which are lossy. Alpha is coded in runs, and all other channels are
 * deflated; both are lossless.
 */
final class DwaCompressor implements Compressor {
  private static final String NAME = "DWA";
  private static final int MOST_COSINES = 63;
  private static final int BEST_LEVEL = 9;
  private static final int MOST_WORDS = 1 << 29;

  private final Zlib zlib = new Zlib(BEST_LEVEL);
  private final DwaPacker packer;
  private final HuffmanDecoder huffman = new HuffmanDecoder();
  private final DwaSquares squares = new DwaSquares();
  private byte[] deflated = new byte[0];
  private byte[] runs = new byte[0];
  private byte[] packedRuns = new byte[0];
  private byte[] means = new byte[0];
  private byte[] meanPlanes = new byte[0];
  private short[] cosines = new short[0];

  /**
   * A compressor.
   *
   * @param deflatesCosines whether it deflates coefficients, as DWAB does; DWAA codes them by
   *     Huffman's method. It reads both
   * @param level of loss where it packs, 0 or more
   */
  DwaCompressor(boolean deflatesCosines, float level) {
    packer = new DwaPacker(deflatesCosines, level, zlib);
  }

  @Override
  public void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException {
    DwaHeader header = DwaHeader.read(packed, packedBytes);
    DwaPlan plan = DwaPlan.of(block.channels(), header.rules());
    requireSizes(header, plan, block);
    List<DwaRows> channels = rows(block, DwaCurve.toLinear());
    inflate(packed, header);
    decodeLossy(plan, channels, raw);
    int deflatedAt = 0;
    int runsAt = 0;
    for (int i = 0; i < channels.size(); i++) {
      DwaRows channel = channels.get(i);
      switch (plan.schemes().get(i)) {
        case LOSSY -> {}
        case DEFLATE -> {
          copy(deflated, deflatedAt, channel, raw);
          deflatedAt += channel.bytes();
        }
        case RUNS -> {
          joinBytes(runs, runsAt, channel, raw);
          runsAt += channel.bytes();
        }
      }
    }
  }

  /** The rows of each channel; perceptually linear ones are on no curve. */
  private static List<DwaRows> rows(BlockLayout block, short[] curve) {
    BlockPlanes planes = new BlockPlanes(block);
    List<DwaRows> channels = new ArrayList<>();
    int[] next = new int[planes.count()];
    for (int plane = 0; plane < planes.count(); plane++) {
      ExrChannel channel = planes.channel(plane);
      channels.add(
          new DwaRows(
              channel.type(),
              planes.columns(plane),
              new int[planes.rows(plane)],
              channel.perceptuallyLinear() ? DwaCurve.identity() : curve));
    }
    planes.forEachRow((plane, word, words, at) -> channels.get(plane).starts()[next[plane]++] = at);
    return channels;
  }

  /** Requires that the sizes in the header match the block, before memory is allocated. */
  private static void requireSizes(DwaHeader header, DwaPlan plan, BlockLayout block)
      throws ExrException {
    long[] bytes = new long[DwaScheme.values().length];
    long squares = 0;
    for (int i = 0; i < block.channels().size(); i++) {
      ExrChannel channel = block.channels().get(i);
      long columns = block.rowSamples(channel);
      long rows = block.rows(channel);
      DwaScheme scheme = plan.schemes().get(i);
      bytes[scheme.ordinal()] += columns * rows * channel.type().bytes();
      if (scheme == DwaScheme.LOSSY) {
        squares += DwaSquares.squares(columns, rows);
      }
    }
    long runsRaw = bytes[DwaScheme.RUNS.ordinal()];
    if (header.deflatedRaw() != bytes[DwaScheme.DEFLATE.ordinal()]
        || header.runsRaw() != runsRaw
        || header.runsInflated() > 2 * runsRaw
        || header.means() != squares
        || header.cosines() > Math.min(MOST_COSINES * squares, MOST_WORDS)
        || header.means() > MOST_WORDS) {
      throw new ExrException("DWA sizes are not those of the block");
    }
  }

  @Override
  public void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {
    DwaHeader header = DwaHeader.read(packed, packedBytes);
    requireSizes(header, DwaPlan.of(block.channels(), header.rules()), block);
    zlib.check(NAME, packed, header.dataStart(), header.deflatedBytes(), header.deflatedRaw());
    if (header.cosinesDeflated()) {
      int bytes = Short.BYTES * header.cosines();
      zlib.check(NAME, packed, header.cosinesStart(), header.cosinesBytes(), bytes);
    } else if (header.cosines() > 0) {
      huffman.check(packed, header.cosinesStart(), header.cosinesBytes(), header.cosines());
    }
    int meansBytes = Short.BYTES * header.means();
    zlib.check(NAME, packed, header.meansStart(), header.meansBytes(), meansBytes);
    zlib.check(NAME, packed, header.runsStart(), header.runsBytes(), header.runsInflated());
  }

  private void inflate(byte[] packed, DwaHeader header) throws ExrException {
    deflated = room(deflated, header.deflatedRaw());
    zlib.inflate(
        NAME, packed, header.dataStart(), header.deflatedBytes(), deflated, header.deflatedRaw());

    int cosineCount = header.cosines();
    if (cosines.length < cosineCount) {
      cosines = new short[cosineCount];
    }
    if (!header.cosinesDeflated()) {
      if (cosineCount > 0) {
        huffman.decode(packed, header.cosinesStart(), header.cosinesBytes(), cosines, cosineCount);
      }
    } else {
      means = room(means, Short.BYTES * cosineCount);
      zlib.inflate(
          NAME,
          packed,
          header.cosinesStart(),
          header.cosinesBytes(),
          means,
          Short.BYTES * cosineCount);
      for (int i = 0; i < cosineCount; i++) {
        cosines[i] = LittleEndian.getShort(means, Short.BYTES * i);
      }
    }

    int meansBytes = Short.BYTES * header.means();
    means = room(means, meansBytes);
    meanPlanes = room(meanPlanes, meansBytes);
    zlib.inflate(NAME, packed, header.meansStart(), header.meansBytes(), meanPlanes, meansBytes);
    BytePlanes.join(meanPlanes, meansBytes, means);
    squares.source(cosines, cosineCount, means);

    packedRuns = room(packedRuns, header.runsInflated());
    zlib.inflate(
        NAME, packed, header.runsStart(), header.runsBytes(), packedRuns, header.runsInflated());
    runs = room(runs, header.runsRaw());
    RleCompressor.unpack(packedRuns, header.runsInflated(), runs, header.runsRaw());
  }

  private void decodeLossy(DwaPlan plan, List<DwaRows> channels, byte[] raw) throws ExrException {
    boolean[] done = new boolean[channels.size()];
    for (int[] colours : plan.colours()) {
      DwaRows[] together = new DwaRows[colours.length];
      for (int i = 0; i < colours.length; i++) {
        together[i] = channels.get(colours[i]).with(DwaCurve.toLinear());
        done[colours[i]] = true;
      }
      squares.decode(together, raw);
    }
    for (int i = 0; i < channels.size(); i++) {
      if (plan.schemes().get(i) == DwaScheme.LOSSY && !done[i]) {
        squares.decode(new DwaRows[] {channels.get(i)}, raw);
      }
    }
  }

  private static void copy(byte[] plane, int from, DwaRows channel, byte[] raw) {
    for (int row = 0; row < channel.rows(); row++) {
      int at = from + row * channel.rowBytes();
      System.arraycopy(plane, at, raw, channel.start(row), channel.rowBytes());
    }
  }

  /**
   * Joins the bytes of samples. The plane has the first bytes of all samples, then all second
   * bytes, and so on.
   */
  private static void joinBytes(byte[] plane, int from, DwaRows channel, byte[] raw) {
    int samples = channel.columns() * channel.rows();
    for (int row = 0; row < channel.rows(); row++) {
      int at = from + row * channel.columns();
      int target = channel.start(row);
      if (channel.type() == PixelType.HALF) {
        joinHalves(plane, at, at + samples, channel.columns(), raw, target);
      } else {
        joinInts(plane, at, samples, channel.columns(), raw, target);
      }
    }
  }

  private static void joinHalves(
      byte[] plane, int low, int high, int columns, byte[] raw, int target) {
    for (int i = 0; i < columns; i++) {
      int sample = plane[low + i] & 0xff | plane[high + i] << 8;
      LittleEndian.putShort(raw, target + Short.BYTES * i, (short) sample);
    }
  }

  private static void joinInts(
      byte[] plane, int at, int samples, int columns, byte[] raw, int target) {
    for (int i = 0; i < columns; i++) {
      int sample =
          plane[at + i] & 0xff
              | (plane[at + samples + i] & 0xff) << 8
              | (plane[at + 2 * samples + i] & 0xff) << 16
              | plane[at + 3 * samples + i] << 24;
      LittleEndian.putInt(raw, target + Integer.BYTES * i, sample);
    }
  }

  private static byte[] room(byte[] bytes, int count) {
    return bytes.length < count ? new byte[count] : bytes;
  }

  @Override
  public int compress(byte[] raw, BlockLayout block, byte[] packed) {
    try {
      return packer.pack(raw, block, rows(block, DwaCurve.fromLinear()), packed);
    } catch (ExrException e) {
      throw new IllegalStateException(e); // The usual rules fit all channels.
    }
  }

  @Override
  public void close() {
    zlib.close();
  }
}
