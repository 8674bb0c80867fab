package stops.format;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import stops.engine.SampleType;
import stops.format.npy.NpyFormat;
import stops.format.pfm.PfmFormat;
import stops.format.radiance.RadianceFormat;
import stops.format.tiff.TiffFormat;

/** Files of any content, format by format; {@code ci/fuzz} goes on from the seeds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormatsFuzzTest {
  private final UntrustedFile file = new UntrustedFile();

  @FuzzTest
  void exr(byte[] content) {
    file.read(new ExrFormat(), content);
  }

  @FuzzTest
  void radiance(byte[] content) {
    file.read(new RadianceFormat(), content);
  }

  @FuzzTest
  void tiff(byte[] content) {
    file.read(new TiffFormat(), content);
  }

  @FuzzTest
  void pfm(byte[] content) {
    file.read(new PfmFormat(), content);
  }

  @FuzzTest
  void npy(byte[] content) {
    file.read(new NpyFormat(), content);
  }

  @FuzzTest
  void raw(byte[] content) {
    for (SampleType type : SampleType.values()) {
      file.read(new RawFormat(type, ByteOrder.LITTLE_ENDIAN), content);
      file.read(new RawFormat(type, ByteOrder.BIG_ENDIAN), content);
    }
  }

  @AfterAll
  void delete() {
    file.close();
  }
}
