package stops.exr.codec;

import java.util.function.IntFunction;

/**
 * One of OpenEXR's compressions. An instance reuses its scratch memory for the next block. Not
 * thread-safe. Closing frees memory outside the heap. Creation is cheap.
 *
 * <p>A block that does not shrink is stored uncompressed. Compressors never see such blocks.
 */
public interface Compressor extends AutoCloseable {

  /**
   * Creates a compressor for a packing. The caller closes it. {@link Compression#NONE} has no
   * compressor. It unpacks blocks of any level.
   *
   * @throws ExrException if this version has no such compressor
   */
  static Compressor of(Packing packing) throws ExrException {
    Compression compression = packing.compression();
    return switch (compression) {
      case RLE -> new RleCompressor();
      case ZIPS, ZIP ->
          packing.hasLevel() ? new ZipCompressor((int) packing.level()) : new ZipCompressor();
      case PIZ -> new PizCompressor();
      case PXR24 -> new Pxr24Compressor();
      case B44, B44A -> new B44Compressor();
      case DWAA, DWAB -> new DwaCompressor(compression == Compression.DWAB, packing.loss());
      case NONE -> throw new ExrException("compression " + compression + " is not supported");
    };
  }

  /**
   * Unpacks a block of a file. The bytes are untrusted.
   *
   * <p>Scratch memory is proportional to {@code block.bytes()}, never to a number found in {@code
   * packed}. The caller treats an {@link IndexOutOfBoundsException} as damaged data. So loops need
   * no bounds checks of their own.
   *
   * @param packed the compressed bytes, from 0; may be longer than {@code packedBytes}
   * @param packedBytes number of compressed bytes; 1 or more, less than {@code block.bytes()}
   * @param block the layout of {@code raw}
   * @param raw receives exactly {@code block.bytes()} bytes from 0; may be longer
   * @throws ExrException if the data are damaged; the message can follow a place, such as "ZIP data
   *     ends early"
   */
  void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException;

  /**
   * Unpacks a block as {@link #decompress} does, except for the last step: {@link UnpackedBlock#to}
   * stores the samples in planes. So planes need not be provided for damaged data.
   *
   * @param raw provides a buffer for an uncompressed block; called only if the compressor needs one
   */
  default UnpackedBlock unpack(
      byte[] packed, int packedBytes, BlockLayout block, IntFunction<byte[]> raw)
      throws ExrException {
    byte[] rows = raw.apply((int) block.bytes());
    decompress(packed, packedBytes, block, rows);
    return samples -> samples.putRows(rows);
  }

  /**
   * Checks in little memory whether the data can be a whole block. The reader calls this before it
   * unpacks a block of more than 16 MiB. The default does nothing.
   *
   * @throws ExrException if the data cannot be a whole block
   */
  default void check(byte[] packed, int packedBytes, BlockLayout block) throws ExrException {}

  /**
   * Packs a block.
   *
   * @param raw {@code block.bytes()} bytes from 0, in the layout {@code block}; not changed
   * @param block the layout of {@code raw}
   * @param packed receives the compressed bytes from 0; at least {@code block.bytes()} long
   * @return the compressed size in bytes, or -1 if it is not less than {@code block.bytes()}
   */
  int compress(byte[] raw, BlockLayout block, byte[] packed);

  /**
   * Packs a block as {@link #compress(byte[], BlockLayout, byte[])} does, from planes.
   *
   * @param raw provides a buffer for an uncompressed block; called only if the compressor needs one
   */
  default int compress(BlockSamples samples, byte[] packed, IntFunction<byte[]> raw) {
    byte[] rows = raw.apply((int) samples.block().bytes());
    samples.getRows(rows);
    return compress(rows, samples.block(), packed);
  }

  @Override
  void close();
}
