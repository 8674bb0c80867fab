package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.engine.SampleType;
import stops.exr.OpenExrTools;
import stops.format.RawFormat;
import stops.image.Domain;
import stops.image.ImageException;

/** The domain of a file's light is recognised, and conversions that make no sense are refused. */
class SourceDomainTest {
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder = Path.of("");

  private LayeredFiles files = new LayeredFiles(folder);

  @BeforeEach
  void tools() throws Exception {
    OpenExrTools.require();
    files = new LayeredFiles(folder);
  }

  private FileRequest request(String from, String to, Domain domain) {
    return FileRequest.of(files.path(from), files.path(to), domain);
  }

  private static void assertRefused(String why, FileRequest request) {
    ImageException refused =
        assertThrows(ImageException.class, () -> LayeredFiles.convert(request));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(why), message);
    assertEquals(ImageException.Side.INPUT, refused.side());
    assertEquals(1, message.lines().count());
    assertFalse(Files.exists(request.output()));
  }

  private static void assertFrom(Domain domain, DomainBasis basis, FileReport report) {
    assertEquals(domain, report.from());
    assertEquals(domain.other(), report.to());
    assertEquals(basis, report.fromBasis());
  }

  @Test
  void ordinaryPictureIsNotTakenForExposures() throws Exception {
    for (String picture : List.of("in.exr", "in.hdr", "in.tif")) {
      files.constant(picture, "R=1,G=2,B=3", "-d float");
      FileRequest plain = request(picture, "out.exr", Domain.INTENSITY);
      assertRefused("--from exposure", plain);
      FileReport told = LayeredFiles.convert(plain.withFrom(Domain.EXPOSURE));
      assertFrom(Domain.EXPOSURE, DomainBasis.TOLD, told);
      assertEquals(Map.of("R", 2.0, "G", 4.0, "B", 8.0), files.values("out.exr", 0));
      Files.delete(files.path("out.exr"));
      assertFrom(
          Domain.INTENSITY,
          DomainBasis.STATED,
          LayeredFiles.convert(request(picture, "out.exr", Domain.EXPOSURE)));
      Files.delete(files.path("out.exr"));
    }
  }

  @Test
  void whatCameBackFromExposureIsAnOrdinaryPicture() throws Exception {
    for (String end : List.of("exr", "tif")) {
      files.constant("in." + end, "R=1,G=2,B=3", "-d float");
      var there = LayeredFiles.convert(request("in." + end, "e." + end, Domain.EXPOSURE));
      assertFrom(Domain.INTENSITY, DomainBasis.STATED, there);
      FileReport back = LayeredFiles.convert(request("e." + end, "b." + end, Domain.INTENSITY));
      assertFrom(Domain.EXPOSURE, DomainBasis.STATED, back);
      assertRefused("--from exposure", request("b." + end, "no." + end, Domain.INTENSITY));
    }
  }

  @Test
  void exposuresAreConvertedAgainOnlyWhereTheCallerInsists() throws Exception {
    files.constant("in.exr", "R=4,G=4,B=4", "-d float");
    var first = LayeredFiles.convert(request("in.exr", "e.exr", Domain.EXPOSURE));
    assertTrue(first.written());
    FileRequest again = request("e.exr", "out.exr", Domain.EXPOSURE);
    assertRefused("already holds exposures", again);
    assertFrom(
        Domain.INTENSITY, DomainBasis.TOLD, LayeredFiles.convert(again.withFrom(Domain.INTENSITY)));
    assertEquals(Map.of("R", 1.0, "G", 1.0, "B", 1.0), files.values("out.exr", 0));
    FileRequest forced =
        new FileRequest(
            again.input(),
            again.output(),
            Domain.EXPOSURE,
            null,
            0,
            again.zero(),
            List.of(),
            true,
            1);
    assertFrom(Domain.INTENSITY, DomainBasis.TOLD, LayeredFiles.convert(forced));
    assertEquals(Map.of("R", 1.0, "G", 1.0, "B", 1.0), files.values("out.exr", 0));
  }

  @Test
  void fromThatAgreesWithTheFileChangesNothing() throws Exception {
    files.constant("in.exr", "R=4,G=4,B=4,AO=-1", "-d half");
    var there =
        LayeredFiles.convert(
            request("in.exr", "e.exr", Domain.EXPOSURE).withFrom(Domain.INTENSITY));
    assertFrom(Domain.INTENSITY, DomainBasis.STATED, there);
    var back =
        LayeredFiles.convert(request("e.exr", "b.exr", Domain.INTENSITY).withFrom(Domain.EXPOSURE));
    assertFrom(Domain.EXPOSURE, DomainBasis.STATED, back);
    assertEquals(files.values("in.exr", 0), files.values("b.exr", 0));
  }

  @Test
  void fileThatCannotSayIsTakenForWhatIsNeeded() throws Exception {
    python("numpy.full((4, 5, 3), 2, 'f4')", "plain.npy");
    assertFrom(
        Domain.EXPOSURE,
        DomainBasis.ASSUMED,
        LayeredFiles.convert(request("plain.npy", "p.pfm", Domain.INTENSITY)));
    assertFrom(
        Domain.EXPOSURE,
        DomainBasis.ASSUMED,
        LayeredFiles.convert(request("p.pfm", "p.exr", Domain.INTENSITY)));
    assertEquals(Map.of("R", 16.0, "G", 16.0, "B", 16.0), files.values("p.exr", 0));
    assertFrom(
        Domain.INTENSITY,
        DomainBasis.ASSUMED,
        LayeredFiles.convert(request("plain.npy", "e.npy", Domain.EXPOSURE)));
    assertFrom(
        Domain.EXPOSURE,
        DomainBasis.STATED,
        LayeredFiles.convert(request("e.npy", "b.npy", Domain.INTENSITY)));
    assertRefused("already holds", request("e.npy", "no.npy", Domain.EXPOSURE));
    RawFormat raw = new RawFormat(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN);
    Files.write(files.path("a.raw"), new byte[40]);
    assertFrom(
        Domain.EXPOSURE,
        DomainBasis.ASSUMED,
        LayeredFiles.convert(request("a.raw", "b.raw", Domain.INTENSITY), raw));
    assertFrom(
        Domain.EXPOSURE,
        DomainBasis.TOLD,
        LayeredFiles.convert(
            request("a.raw", "b.raw", Domain.INTENSITY).withFrom(Domain.EXPOSURE), raw));
  }

  @Test
  void unitVectorsInAnArrayAreAWarning() throws Exception {
    python(
        "(lambda v: v / numpy.linalg.norm(v, axis=2, keepdims=True))"
            + "(numpy.random.default_rng(1).normal(size=(40, 50, 3))).astype('f4')",
        "n.npy");
    var report = LayeredFiles.convert(request("n.npy", "e.npy", Domain.EXPOSURE));
    assertEquals(
        List.of(
            "R,G,B: was converted as light, but looks like normals or vectors; --exclude R,G,B"
                + " leaves it"),
        report.warnings());
  }

  @Test
  void fromAndToMustDiffer() {
    FileRequest request = request("in.exr", "out.exr", Domain.INTENSITY);
    IllegalArgumentException same =
        assertThrows(IllegalArgumentException.class, () -> request.withFrom(Domain.INTENSITY));
    assertEquals(
        "from intensity to intensity converts nothing; one must be exposure", same.getMessage());
  }

  private void python(String array, String file) throws Exception {
    OpenExrTools.run(
        List.of(
            PYTHON,
            "-c",
            "import sys, numpy; numpy.save(sys.argv[1], " + array + ")",
            files.path(file).toString()));
  }
}
