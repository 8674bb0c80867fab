package stops.exr.codec;

import java.util.function.IntFunction;

/**
 * One of OpenEXR's compressions. An instance has scratch memory that it uses again for the next
 * block: one thread at a time. Closing it frees what is outside the heap; a new one is cheap.
 *
 * <p>A block that did not become smaller lies in the file as it is; no method sees such blocks.
 */
public interface Compressor extends AutoCloseable {

  /**
   * A new one for {@code compression}, to be closed by the caller. {@link Compression#NONE} has
   * none: its blocks are as they are.
   *
   * @throws ExrException if this version has none
   */
  static Compressor of(Compression compression) throws ExrException {
    return switch (compression) {
      case RLE -> new RleCompressor();
      case ZIPS, ZIP -> new ZipCompressor();
      case PIZ -> new PizCompressor();
      case PXR24 -> new Pxr24Compressor();
      case B44, B44A -> new B44Compressor();
      case DWAA, DWAB -> new DwaCompressor();
      case NONE -> throw new ExrException("compression " + compression + " is not supported");
    };
  }

  /**
   * Unpacks a block of a file, which may hold anything at all.
   *
   * <p>Scratch memory is taken in proportion to {@code block.bytes()}, never to a number found in
   * {@code packed}. An {@link IndexOutOfBoundsException} is understood by the caller as damaged
   * data too, so that loops need not check what the JVM checks anyway.
   *
   * @param packed the compressed bytes, from 0; may be longer than what counts
   * @param packedBytes how many of them count; 1 or more, less than {@code block.bytes()}
   * @param block the layout of {@code raw}
   * @param raw receives exactly {@code block.bytes()} bytes from 0; may be longer
   * @throws ExrException if they are damaged, in words that can follow a place, such as "ZIP data
   *     ends early"
   */
  void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException;

  /**
   * Unpacks a block as {@link #decompress} does, except for the last step, which stores its samples
   * in planes. So whoever provides the planes need not have them for damaged data.
   *
   * @param raw gives memory for a block that is not compressed; not asked where that is not needed
   */
  default UnpackedBlock unpack(
      byte[] packed, int packedBytes, BlockLayout block, IntFunction<byte[]> raw)
      throws ExrException {
    byte[] rows = raw.apply((int) block.bytes());
    decompress(packed, packedBytes, block, rows);
    return samples -> samples.putRows(rows);
  }

  /**
   * Called before a block is unpacked, for blocks of more than 16 MiB: finds out, in little memory,
   * whether the data can be what it claims. Without an opinion it does nothing.
   *
   * @throws ExrException if it is not
   */
  default void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {}

  /**
   * Packs a block.
   *
   * @param raw {@code block.bytes()} bytes from 0, in the layout {@code block}; not changed
   * @param block the layout of {@code raw}
   * @param packed receives the compressed bytes from 0; at least {@code block.bytes()} long
   * @return how many bytes they are, or -1 if they are not fewer than {@code block.bytes()}
   */
  int compress(byte[] raw, BlockLayout block, byte[] packed);

  /**
   * Packs a block as {@link #compress(byte[], BlockLayout, byte[])} does, out of planes.
   *
   * @param raw gives memory for a block that is not compressed; not asked where that is not needed
   */
  default int compress(BlockSamples samples, byte[] packed, IntFunction<byte[]> raw) {
    byte[] rows = raw.apply((int) samples.block().bytes());
    samples.getRows(rows);
    return compress(rows, samples.block(), packed);
  }

  @Override
  void close();
}
