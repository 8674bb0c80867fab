package stops.exr.codec;

class DwabCompressorTest extends DwaCompressorTest {
  @Override
  Compression compression() {
    return Compression.DWAB;
  }
}
