package stops.exr.codec;

class B44CompressorOfB44ATest extends CompressorTest {
  @Override
  Compression compression() {
    return Compression.B44A;
  }

  @Override
  Compressor compressor() {
    return new B44Compressor();
  }
}
