package stops.exr.codec;

import java.util.function.IntFunction;

/** The common part of RLE and ZIP. Both compress byte planes. */
abstract sealed class BytePlaneCompressor implements Compressor
    permits RleCompressor, ZipCompressor {
  private final BytePlaneRows rows = new BytePlaneRows();
  private byte[] planes = new byte[0];

  /**
   * Unpacks exactly {@code bytes} bytes.
   *
   * @param to receives the bytes; at least {@code bytes + 1} long
   * @throws ExrException if the data are damaged or have another size
   */
  abstract void unpackPlanes(byte[] packed, int packedBytes, byte[] to, int bytes)
      throws ExrException;

  /** Packs {@code bytes} bytes. Returns the packed size or -1, as {@link Compressor#compress}. */
  abstract int packPlanes(byte[] from, int bytes, byte[] packed);

  @Override
  public final void decompress(byte[] packed, int packedBytes, BlockLayout block, byte[] raw)
      throws ExrException {
    int bytes = (int) block.bytes();
    unpackPlanes(packed, packedBytes, planes(bytes), bytes);
    BytePlanes.join(planes, bytes, raw);
  }

  @Override
  public final UnpackedBlock unpack(
      byte[] packed, int packedBytes, BlockLayout block, IntFunction<byte[]> raw)
      throws ExrException {
    int bytes = (int) block.bytes();
    unpackPlanes(packed, packedBytes, planes(bytes), bytes);
    return samples -> rows.join(planes, samples);
  }

  @Override
  public final int compress(byte[] raw, BlockLayout block, byte[] packed) {
    int bytes = (int) block.bytes();
    BytePlanes.split(raw, bytes, planes(bytes));
    return packPlanes(planes, bytes, packed);
  }

  @Override
  public final int compress(BlockSamples samples, byte[] packed, IntFunction<byte[]> raw) {
    int bytes = (int) samples.block().bytes();
    rows.split(samples, planes(bytes));
    return packPlanes(planes, bytes, packed);
  }

  private byte[] planes(int bytes) {
    planes = planes.length > bytes ? planes : new byte[bytes + 1];
    return planes;
  }
}
