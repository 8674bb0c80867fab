package stops.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.ZeroPolicy;
import stops.engine.pool.EnginePool;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.ImageFormat;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

class StripConverterTest {
  private static final int WIDTH = 50;
  private static final int HEIGHT = 40;

  @TempDir Path folder;

  private void convert(Path from, Path to, Domain domain) throws Exception {
    FileRequest request =
        new FileRequest(from, to, domain, null, 0, ZeroPolicy.INF, List.of(), false, 1);
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(64L << 20))) {
      ImageFormat format = Formats.of(from);
      var unused =
          new FileConverter(engines, workers).convert(request, format, format, (done, all) -> {});
    }
  }

  /** The samples of an NPY file with a header of 128 bytes. */
  private static ByteBuffer samples(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void halvesBesideAnAlphaThatWasWidenedComeBackToTheirValues() throws Exception {
    String text =
        String.format(
            Locale.ROOT,
            "{'descr': '<f2', 'fortran_order': False, 'shape': (%d, %d, 4), } # stops: alpha=last",
            HEIGHT,
            WIDTH);
    ByteBuffer bytes = ByteBuffer.allocate(128 + WIDTH * HEIGHT * 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    bytes.put((byte) 0).putShort((short) 118);
    bytes.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    Random random = new Random(1);
    float[] values = new float[WIDTH * HEIGHT * 4];
    for (int i = 0; i < values.length; i++) {
      // Light is from zero to the largest half. Alpha is any bit pattern.
      short half = (short) random.nextInt(i % 4 == 3 ? 0x10000 : 0x7c00);
      values[i] = Float.float16ToFloat(half);
      bytes.putShort(half);
    }
    Path start = Files.write(folder.resolve("start.npy"), bytes.array());
    Path exposure = folder.resolve("exposure.npy");
    Path back = folder.resolve("back.npy");
    convert(start, exposure, Domain.EXPOSURE);
    convert(exposure, back, Domain.INTENSITY);
    ByteBuffer samples = samples(back);
    assertEquals(values.length * 4, samples.remaining());
    float[] came = new float[values.length];
    samples.asFloatBuffer().get(came);
    assertArrayEquals(values, came);
  }
}
