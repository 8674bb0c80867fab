package stops.exr;

import stops.exr.codec.BlockLayout;
import stops.exr.codec.Compression;
import stops.exr.codec.Compressor;
import stops.exr.codec.ExrException;
import stops.exr.codec.UnpackedBlock;

/**
 * A chunk as stored in its file, in a buffer of the lane that unpacks it. A chunk as large as its
 * samples is uncompressed.
 *
 * @param data the stored bytes, from 0; may be longer than {@code dataBytes}
 * @param dataBytes number of stored bytes, at most {@code layout.bytes()}
 */
record StoredChunk(BlockLayout layout, Compression compression, byte[] data, int dataBytes) {

  /** The samples in the order of {@link BlockLayout}, in a buffer of {@code lane}. */
  byte[] raw(CodecPool.Lane lane) throws ExrException {
    if (dataBytes == layout.bytes()) {
      return data;
    }
    Compressor compressor = lane.compressor(compression);
    byte[] raw = lane.raw((int) layout.bytes());
    try {
      compressor.decompress(data, dataBytes, layout, raw);
    } catch (IndexOutOfBoundsException e) {
      throw damaged();
    }
    return raw;
  }

  /** The samples, ready to be stored in planes. The buffers are those of {@code lane}. */
  UnpackedBlock unpack(CodecPool.Lane lane) throws ExrException {
    if (dataBytes == layout.bytes()) {
      return samples -> samples.putRows(data);
    }
    try {
      return lane.compressor(compression).unpack(data, dataBytes, layout, lane::raw);
    } catch (IndexOutOfBoundsException e) {
      throw damaged();
    }
  }

  private ExrException damaged() {
    return new ExrException(compression.name() + " data is damaged");
  }
}
