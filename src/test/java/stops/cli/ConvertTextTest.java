package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import stops.convert.ChannelReport;
import stops.convert.DomainBasis;
import stops.convert.FileReport;
import stops.convert.LayerReport;
import stops.engine.ZeroPolicy;
import stops.image.Domain;

class ConvertTextTest {

  private static ChannelReport channel(
      String part, String name, String from, String to, String reason) {
    return new ChannelReport(part, name, from, to, reason.isEmpty(), reason, "", 4, Map.of());
  }

  private static FileReport report(Domain from, DomainBasis basis) {
    return new FileReport(
        "in.exr",
        "out.exr",
        "OpenEXR",
        from,
        basis,
        from.other(),
        0,
        ZeroPolicy.INF,
        null,
        0,
        true,
        true,
        List.of(
            channel("rgba", "A", "float16", "float16", "alpha"),
            channel("rgba", "B", "float16", "float32", ""),
            channel("rgba", "G", "float16", "float32", ""),
            channel("rgba", "left.diffuse.r", "float16", "float32", ""),
            channel("rgba", "left.diffuse.g", "float16", "float32", ""),
            channel("ids", "R", "float16", "float32", "Cryptomatte ids")),
        12,
        1,
        List.of(),
        "it is ready",
        List.of("a note"),
        List.of("foo: looks like light"));
  }

  @Test
  void summaryHasALineForEachLayerAndWhatBecameOfIt() {
    assertEquals(
        List.of(
            "in.exr -> out.exr (OpenEXR), intensity to exposure",
            "  rgba/A: float16, left (alpha)",
            "  rgba/B G: float16 -> float32",
            "  rgba/left.diffuse.r .g: float16 -> float32",
            "  ids/R: float16, left (Cryptomatte ids), as float32",
            "  chosen because: it is ready"),
        ConvertText.summary(report(Domain.INTENSITY, DomainBasis.STATED)).subList(0, 6));
  }

  @Test
  void summarySaysWhoseWordTheDomainIs() {
    assertEquals(
        "in.exr -> out.exr (OpenEXR), exposure (assumed) to intensity",
        firstLine(report(Domain.EXPOSURE, DomainBasis.ASSUMED)));
    assertEquals(
        "in.exr -> out.exr (OpenEXR), intensity (as told) to exposure",
        firstLine(report(Domain.INTENSITY, DomainBasis.TOLD)));
  }

  private static String firstLine(FileReport report) {
    return ConvertText.summary(report).getFirst();
  }

  @Test
  void whatMayBeLightIsAWarningOfItsOwn() {
    FileReport report = report(Domain.INTENSITY, DomainBasis.STATED);
    assertEquals(List.of("warning: foo: looks like light"), ConvertText.warnings(report));
  }

  @Test
  void jsonHasLayersWithTheirReasons() {
    Map<String, Object> json = ConvertText.json(report(Domain.EXPOSURE, DomainBasis.ASSUMED));
    assertEquals("exposure", json.get("from"));
    assertEquals("assumed", json.get("fromBasis"));
    assertEquals("intensity", json.get("to"));
    assertEquals(List.of("foo: looks like light"), json.get("warnings"));
    assertEquals(
        new LayerReport(
            "ids", "", List.of("R"), "float16", "float32", false, "Cryptomatte ids", ""),
        ((List<?>) Objects.requireNonNull(json.get("layers"))).getLast());
  }
}
