package stops.exr.codec;

import stops.exr.deflate.LittleEndian;
import stops.exr.transform.Wavelet;

/**
 * PIZ, which is lossless. Samples are 16-bit words. The words that occur are numbered,
 * wavelet-transformed and Huffman-coded.
 */
final class PizCompressor implements Compressor {
  private final WordRange range = new WordRange();
  private final HuffmanDecoder decoder = new HuffmanDecoder();
  private final HuffmanEncoder encoder = new HuffmanEncoder();
  private short[] words = new short[0];

  @Override
  public void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {
    int at = readRange(packed, packedBytes);
    decoder.check(packed, at, size(packed, at), new BlockPlanes(block).words());
  }

  /**
   * Reads the word range and the size of the Huffman code. Returns the index of the Huffman code's
   * first byte. It checks that the Huffman code ends within the block.
   */
  private int readRange(byte[] packed, int packedBytes) throws ExrException {
    int at = range.read(packed, packedBytes);
    if (packedBytes - at < Integer.BYTES) {
      throw new ExrException("PIZ data ends early");
    }
    at += Integer.BYTES;
    int size = size(packed, at);
    if (size < 0 || size > packedBytes - at) {
      throw new ExrException("PIZ data ends early");
    }
    return at;
  }

  /** Size in bytes of the Huffman code at {@code at}, read from the four bytes before it. */
  private static int size(byte[] packed, int at) {
    return LittleEndian.getInt(packed, at - Integer.BYTES);
  }

  @Override
  public void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException {
    BlockPlanes planes = new BlockPlanes(block);
    int at = readRange(packed, packedBytes);
    short[] plane = scratch(planes.words());
    decoder.decode(packed, at, size(packed, at), plane, planes.words());
    for (int i = 0; i < planes.count(); i++) {
      for (int part = 0; part < planes.sampleWords(i); part++) {
        wavelet(plane, planes, i, part).inverse(range.largest());
      }
    }
    short[] table = range.table();
    planes.forEachRow((channel, word, count, target) -> {
      for (int i = 0; i < count; i++) {
        LittleEndian.putShort(raw, target + 2 * i, table[plane[word + i] & 0xffff]);
      }
    });
  }

  @Override
  public int compress(byte[] raw, BlockLayout block, byte[] packed) {
    BlockPlanes planes = new BlockPlanes(block);
    int count = planes.words();
    short[] plane = scratch(count);
    planes.getRows(raw, plane);
    range.find(plane, count);
    int at = range.bytes() + Integer.BYTES;
    int limit = Math.toIntExact(block.bytes()) - 1;
    if (at > limit) {
      return -1;
    }
    range.write(packed);
    short[] table = range.table();
    for (int i = 0; i < count; i++) {
      plane[i] = table[plane[i] & 0xffff];
    }
    for (int i = 0; i < planes.count(); i++) {
      for (int part = 0; part < planes.sampleWords(i); part++) {
        wavelet(plane, planes, i, part).forward(range.largest());
      }
    }
    int end = encoder.encode(plane, count, packed, at, limit);
    if (end > 0) {
      LittleEndian.putInt(packed, at - Integer.BYTES, end - at);
    }
    return end;
  }

  private static Wavelet wavelet(short[] words, BlockPlanes planes, int plane, int part) {
    return new Wavelet(
        words,
        planes.start(plane) + part,
        planes.columns(plane),
        planes.sampleWords(plane),
        planes.rows(plane),
        planes.rowWords(plane));
  }

  private short[] scratch(int count) {
    if (words.length < count) {
      words = new short[count];
    }
    return words;
  }

  @Override
  public void close() {}
}
