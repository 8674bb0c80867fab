package stops.format.exr;

class PizCompressorTest extends CompressorTest {
  @Override
  Compression compression() {
    return Compression.PIZ;
  }

  @Override
  Compressor compressor() {
    return new PizCompressor();
  }
}
