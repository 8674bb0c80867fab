package stops.format.exr;

class DwabCompressorTest extends DwaCompressorTest {
  @Override
  Compression compression() {
    return Compression.DWAB;
  }
}
