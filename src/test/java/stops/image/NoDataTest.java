package stops.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoDataTest {

  @Test
  void numbersAreReadAsInC() {
    for (String text : new String[] {"-9999", "1.5", ".5", "1.", "-3.4e+38", "1e-3", " 7 "}) {
      assertEquals(
          Optional.of(Double.valueOf(text.strip())),
          NoData.parse("GDAL_NODATA", text).map(NoData::value));
    }
    assertTrue(NoData.parse("GDAL_NODATA", "NaN").orElseThrow().value() != 0);
    for (String text : new String[] {"", ".", "e5", "1e", "1x", "--1", "1.2.3"}) {
      assertEquals(Optional.empty(), NoData.parse("GDAL_NODATA", text));
    }
  }

  /** Tried from every digit on, a number of this length takes hours. */
  @Test
  void aLongNumberIsReadOnce() {
    assertEquals(Optional.empty(), NoData.parse("GDAL_NODATA", "1".repeat(1_000_000) + "x"));
  }
}
