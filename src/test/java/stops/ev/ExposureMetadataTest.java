package stops.ev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.Part;
import stops.image.Window;

class ExposureMetadataTest {
  private static final Window WINDOW = new Window(0, 0, 3, 3);

  /** A part with attributes, written {@code name=value; name=value}. */
  private static Part part(String attributes) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String attribute : attributes.split(";", -1)) {
      int equals = attribute.indexOf('=');
      if (equals > 0) {
        map.put(attribute.substring(0, equals).strip(), attribute.substring(equals + 1).strip());
      }
    }
    return new Part("", WINDOW, WINDOW, List.of(), "", map);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expTime=0.004; aperture=2.8; isoSpeed=100 | expTime, aperture, isoSpeed",
        "ExposureTime=0.004; FNumber=2.8; Exif:PhotographicSensitivity=100"
            + " | ExposureTime, FNumber, Exif:PhotographicSensitivity",
        "exif:ExposureTime=1/250; exif:FNumber=14/5; exif:ISOSpeedRatings=100"
            + " | exif:ExposureTime, exif:FNumber, exif:ISOSpeedRatings",
        "expTime=1 250; aperture=28 10; iso=100 1 | expTime, aperture, iso",
        "input/exposure_time=1/250 s; input/f_number=f/2.8; input/ISO=ISO 100"
            + " | input/exposure_time, input/f_number, input/ISO",
        "shutterAngle=36; captureRate=25 1; tStop=2.8; isoSpeed=1e2"
            + " | shutterAngle, tStop, isoSpeed",
        "Exif:ExposureTime=0.5; expTime=0.004; isoSpeed=100; Exif:FNumber=4; aperture=2.8"
            + " | expTime, aperture, isoSpeed",
        "b:expTime=1; expTime=0.004; b:aperture=2.8; c:aperture=1; isoSpeed=100"
            + " | expTime, b:aperture, isoSpeed",
      })
  void theNamesOfOtherToolsAreKnown(String attributes, String names) throws Exception {
    ExposureMetadata found = ExposureMetadata.of("a.exr", part(attributes));
    assertEquals(ExposureSettings.of(0.004, 2.8, 100), found.settings().complete());
    assertEquals(
        names, String.join(", ", found.shutterName(), found.apertureName(), found.isoName()));
  }

  @Test
  void apexValuesArePowers() throws Exception {
    ExposureMetadata found =
        ExposureMetadata.of(
            "a.exr",
            part("Exif:ShutterSpeedValue=8; Exif:ApertureValue=5; Exif:ISOSpeedRatings=100"));
    assertEquals(0x1p-8, found.settings().complete().seconds());
    assertEquals(5.656854249492381, found.settings().complete().fNumber(), 1e-15);
  }

  @Test
  void aMarkedValueInAFileIsExact() throws Exception {
    ExposureMetadata found =
        ExposureMetadata.of("a.exr", part("expTime=1/60; aperture=6.3; isoSpeed=125"));
    assertEquals(ExposureSettings.of(1.0 / 60, 6.3, 125), found.settings().complete());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expTime=-1; aperture=2.8; isoSpeed=100 | expTime is -1, not a time above 0",
        "expTime=-1; Exif:ExposureTime=0.1; aperture=2.8; isoSpeed=100"
            + " | expTime is -1, not a time above 0",
        "expTime=0; aperture=2.8; isoSpeed=100 | expTime is 0, not a time above 0",
        "expTime=0.1; aperture=0; isoSpeed=100 | aperture is 0, not an f-number above 0",
        "expTime=0.1; FNumber=0/1; isoSpeed=100 | FNumber is 0/1, not an f-number above 0",
        "expTime=0.1; aperture=2; isoSpeed=-1 | isoSpeed is -1, not a speed above 0",
        "expTime=NaN; aperture=2; isoSpeed=1 | expTime is NaN, not a time above 0",
        "expTime=0.1; aperture=Infinity; isoSpeed=1"
            + " | aperture is Infinity, beyond what any camera has (1e-30 to 1e30)",
        "expTime=auto; aperture=2; isoSpeed=1 | expTime is auto, not a time above 0",
        "expTime=0.1; aperture=1.4 22; isoSpeed=1 | aperture is 1.4 22, not an f-number above 0",
        "aperture=2.8; isoSpeed=100 | the shutter is missing: there is no attribute expTime,"
            + " ExposureTime, shutterAngle or ShutterSpeedValue",
        "expTime=0.1; isoSpeed=100 | the aperture is missing: there is no attribute aperture,"
            + " FNumber, tStop or ApertureValue",
        "expTime=0.1; aperture=2.8 | the ISO is missing: there is no attribute isoSpeed,"
            + " PhotographicSensitivity, ISOSpeedRatings or ISO",
        "shutterAngle=180; aperture=2.8; isoSpeed=1"
            + " | shutterAngle says no time without the attribute captureRate",
        "shutterAngle=0; captureRate=24; aperture=2.8; isoSpeed=1"
            + " | shutterAngle is 0, not an angle above 0 and up to 360",
        "shutterAngle=180; captureRate=0; aperture=2.8; isoSpeed=1"
            + " | captureRate is 0, not a number above 0",
      })
  void whatIsMissingOrCannotBeIsNamed(String attributes, String problem) {
    Throwable thrown =
        assertThrows(MissingSettings.class, () -> ExposureMetadata.of("a.exr", part(attributes)));
    assertEquals("a.exr: " + problem, thrown.getMessage());
  }

  @Test
  void textOfAFileCannotEndTheLine() {
    Throwable thrown =
        assertThrows(
            MissingSettings.class,
            () -> ExposureMetadata.of("a.exr", part("expTime=1\n\u001b[31m" + "x".repeat(999))));
    assertEquals(
        "a.exr: expTime is 1\\n\\u001b[31m" + "x".repeat(33) + "…, not a time above 0",
        thrown.getMessage());
  }

  @Test
  void thePartThatHasAnySpeaksForTheFile() throws Exception {
    ImageInfo info =
        new ImageInfo(
            "OpenEXR",
            Domain.INTENSITY,
            List.of(part("comments=left"), part("expTime=0.004; aperture=2.8; isoSpeed=100")),
            Map.of());
    assertEquals("expTime", ExposureMetadata.of("a.exr", info).shutterName());
    ImageInfo none =
        new ImageInfo("OpenEXR", Domain.INTENSITY, List.of(part(""), part("")), Map.of());
    assertThrows(MissingSettings.class, () -> ExposureMetadata.of("a.exr", none));
  }
}
