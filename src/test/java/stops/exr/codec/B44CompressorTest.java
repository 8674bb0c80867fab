package stops.exr.codec;

class B44CompressorTest extends CompressorTest {
  @Override
  Compression compression() {
    return Compression.B44;
  }

  @Override
  Compressor compressor() {
    return new B44Compressor();
  }
}
