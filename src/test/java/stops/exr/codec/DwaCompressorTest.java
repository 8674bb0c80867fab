package stops.exr.codec;

import stops.Required;
import stops.exr.deflate.LittleEndian;

class DwaCompressorTest extends CompressorTest {
  private static final short NAN = 0x7e00;

  @Override
  Compression compression() {
    return Compression.DWAA;
  }

  @Override
  Compressor compressor() {
    return new DwaCompressor(false, 45);
  }

  @Override
  void assumeSameArithmetic() {
    Required.machine(
        System.getProperty("os.arch").equals("amd64"), "OpenEXR adds up in this order with AVX");
  }

  /**
   * Replaces NaNs. The NaN that a sum of NaNs gives depends on the processor. Stops always gives
   * the same one.
   */
  @Override
  void forgive(BlockLayout block, byte[] raw) {
    int at = 0;
    for (int y = block.yMin(); y <= block.yMax(); y++) {
      for (ExrChannel channel : block.channels()) {
        long samples = block.hasRow(channel, y) ? block.rowSamples(channel) : 0;
        for (long i = 0; i < samples; i++, at += channel.type().bytes()) {
          if (channel.perceptuallyLinear()
              && Float.isNaN(Float.float16ToFloat(LittleEndian.getShort(raw, at)))) {
            LittleEndian.putShort(raw, at, NAN);
          }
        }
      }
    }
  }
}
