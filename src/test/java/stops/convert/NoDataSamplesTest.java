package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.cpu.ScalarEngine;
import stops.engine.Anomaly;
import stops.engine.Engine;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageSource;
import stops.image.MemoryBound;
import stops.image.NoData;
import stops.image.Plane;
import stops.image.Strip;
import stops.strip.StripWorkers;

/** Samples of TIFF files that GDAL_NODATA marks as not measured stay as they are. */
class NoDataSamplesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "-9999, 0xc61c3c00",
    "nan, 0x7fc12345",
    "-3.4028234663852886e+38, 0xff7fffff",
    " 0 , 0x80000000",
    "-inf, 0xff800000",
    "1e-3, 0x3a83126f"
  })
  void stayAsTheyAreBothWaysAndAreCounted(String text, String bits) throws Exception {
    int noData = Integer.parseUnsignedInt(bits.substring(2), 16);
    Path in = file(text, 2f, Float.intBitsToFloat(noData), 8f, Float.intBitsToFloat(noData));
    Path exposure = folder.resolve("exposure.tif");
    Path back = folder.resolve("back.tif");
    for (double gain : new double[] {0, 3}) {
      String note = "2 samples are GDAL_NODATA (" + text.strip() + ") and stay as they are";
      FileReport report = convert(in, exposure, Domain.EXPOSURE, gain, null);
      assertEquals(List.of(note), report.notes());
      assertTrue(report.channels().getFirst().anomalies().isEmpty());
      assertEquals(
          List.of(1 + (float) gain, 3 + (float) gain), List.of(at(exposure, 0), at(exposure, 2)));
      assertEquals(noData, Float.floatToRawIntBits(at(exposure, 1)));
      report = convert(exposure, back, Domain.INTENSITY, -gain, null);
      assertEquals(List.of(note), report.notes());
      assertTrue(report.channels().getFirst().anomalies().isEmpty());
      assertEquals(List.of(2f, 8f), List.of(at(back, 0), at(back, 2)));
      assertEquals(noData, Float.floatToRawIntBits(at(back, 3)));
    }
  }

  @Test
  void areTheSameNumberInAnotherSampleType() throws Exception {
    Path in = file("-9999", 2f, -9999f, 8f, 1f);
    Path out = folder.resolve("out.tif");
    convert(in, out, Domain.EXPOSURE, 0, SampleType.FLOAT64);
    try (ImageSource source = Formats.open(out);
        Arena arena = Arena.ofConfined()) {
      MemorySegment samples = source.read(0, arena).planes().getFirst().samples();
      assertEquals(-9999, samples.get(java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED, 8));
    }
    convert(in, out, Domain.EXPOSURE, 0, SampleType.FLOAT16);
    assertEquals(-9999f, at(out, 1));
  }

  @Test
  void areNotRaisedToTheFloor() throws Exception {
    Path in = file("-9999", 2f, -9999f, 0.25f, 64f);
    Path out = folder.resolve("out.tif");
    FileReport report = convert(FileRequest.of(in, out, Domain.EXPOSURE).withFloor(3.0));
    assertEquals(
        List.of(3f, -9999f, 3f, 6f), List.of(at(out, 0), at(out, 1), at(out, 2), at(out, 3)));
    ChannelReport.Found floored = report.channels().getFirst().anomalies().get(Anomaly.FLOORED);
    assertEquals(new ChannelReport.Found(2, new ChannelReport.Pixel(0, 0)), floored);
  }

  @Test
  void areNoneWhereTheValueIsNoNumber() throws Exception {
    FileReport report =
        convert(
            file("none", 1f, -9999f, 1f, 1f), folder.resolve("o.tif"), Domain.EXPOSURE, 0, null);
    assertEquals(List.of("GDAL_NODATA is no number, so no sample is taken for it"), report.notes());
    assertFalse(report.channels().getFirst().anomalies().isEmpty());
    assertTrue(NoData.parse("", "1,5").isEmpty());
  }

  private FileReport convert(
      Path from, Path to, Domain domain, double gain, @Nullable SampleType type) throws Exception {
    return convert(
        new FileRequest(from, to, domain, type, gain, ZeroPolicy.INF, List.of(), false, 1));
  }

  private static FileReport convert(FileRequest request) throws Exception {
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(64L << 20))) {
      return new FileConverter(engines, workers)
          .convert(
              request, Formats.of(request.input()), Formats.of(request.input()), (done, all) -> {});
    }
  }

  private static float at(Path file, int index) throws Exception {
    try (ImageSource source = Formats.open(file);
        Arena arena = Arena.ofConfined()) {
      Strip strip = source.read(0, arena);
      Plane plane = strip.planes().getFirst();
      return plane.samples().get(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, index * 4L);
    }
  }

  /** A grey TIFF file of four pixels in a row. */
  private Path file(String noData, float... samples) throws Exception {
    byte[] text = (noData + "\0").getBytes(StandardCharsets.US_ASCII);
    int[][] tags = {
      {256, 4, 1, samples.length},
      {257, 4, 1, 1},
      {258, 3, 1, 32},
      {262, 3, 1, 1},
      {273, 4, 1, 256},
      {279, 4, 1, 4 * samples.length},
      {339, 3, 1, 3},
      {42113, 2, text.length, 200}
    };
    ByteBuffer file = ByteBuffer.allocate(256 + 4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x002a4949).putInt(8).putShort((short) tags.length);
    for (int[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) tag[1]).putInt(tag[2]).putInt(tag[3]);
    }
    file.put(200, text);
    if (text.length <= 4) {
      file.put(file.position() - 4, text)
          .put(file.position() - 4 + text.length, new byte[4 - text.length]);
    }
    file.position(256);
    for (float sample : samples) {
      file.putFloat(sample);
    }
    return Files.write(folder.resolve("in.tif"), file.array());
  }
}
