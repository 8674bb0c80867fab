package stops.convert;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Required;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.pool.EnginePool;
import stops.exr.ExrChunk;
import stops.exr.ExrHeader;
import stops.exr.ExrReader;
import stops.exr.LineOrder;
import stops.exr.OpenExrTools;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;
import stops.format.Formats;
import stops.image.Domain;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

/**
 * Converts pictures written by OpenEXR to exposure and back, in every line order and compression,
 * in scanlines and tiles. OpenImageIO and OpenEXR's own tools then read all samples. Exposures must
 * be the logarithms of the source's samples, and all channels other than light must be unchanged.
 */
class ExrOfEveryOrderTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 70;
  private static final double LOG2_ERROR = 5e-7;
  private static final List<String> STORAGES =
      List.of(
          "increasingY",
          "decreasingY",
          "increasingY --tile 16 16",
          "decreasingY --tile 16 16",
          "randomY --tile 16 16");

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void needsTheTools() throws Exception {
    OpenExrTools.require();
    Required.program("exrmaketiled");
  }

  @Test
  void whatIsWrittenAllCanRead() throws Exception {
    List<Path> sources = sources(Compression.values());
    List<Path> exposures = convert(sources, "exposure", Domain.EXPOSURE);
    List<Path> back = convert(exposures, "back", Domain.INTENSITY);
    List<Path> before = decoded(sources, "before", "");
    assertLogarithms(before, decoded(exposures, "after", ""));
    assertEqual(before, decoded(back, "again", ""));
    for (int i = 0; i < sources.size(); i++) {
      assertEquals(orders(sources.get(i)), orders(exposures.get(i)));
      assertEqual(List.of(before.get(i)), List.of(tiledByOpenExr(back.get(i))));
    }
  }

  @Test
  void severalPartsOfEveryOrderCanBeReadByAll() throws Exception {
    List<Path> single = sources(Compression.values());
    List<Path> sources = new ArrayList<>();
    for (int first = 0; first < single.size(); first += STORAGES.size()) {
      sources.add(combined(single.subList(first, first + STORAGES.size())));
    }
    List<Path> exposures = convert(sources, "exposure", Domain.EXPOSURE);
    List<Path> back = convert(exposures, "back", Domain.INTENSITY);
    List<Path> before = decoded(sources, "before", "-a");
    assertLogarithms(before, decoded(exposures, "after", "-a"));
    assertEqual(before, decoded(back, "again", "-a"));
  }

  @Test
  void levelsOfEveryOrderCanBeReadByAll() throws Exception {
    List<Path> sources = new ArrayList<>();
    Path scanlines = sources(Compression.ZIPS).getFirst();
    for (LineOrder order : LineOrder.values()) {
      Path file = scanlines.resolveSibling("levels-" + order + ".exr");
      run(String.format(Locale.ROOT, "exrmaketiled -m -z zip -t 16 16 %s %s", scanlines, file));
      Files.write(file, withOrder(Files.readAllBytes(file), order));
      sources.add(file);
    }
    List<Path> exposures = convert(sources, "exposure", Domain.EXPOSURE);
    List<Path> back = convert(exposures, "back", Domain.INTENSITY);
    for (int level = 0; level < 6; level++) {
      assertLevel(level, sources, exposures, back);
    }
  }

  private void assertLevel(int level, List<Path> sources, List<Path> exposures, List<Path> back)
      throws Exception {
    String select = "--selectmip " + level;
    List<Path> before = decoded(sources, "before" + level, select);
    assertLogarithms(before, decoded(exposures, "after" + level, select));
    assertEqual(before, decoded(back, "again" + level, select));
  }

  @Test
  void scanlinesInRandomOrderWhichOnlyTilesMayHaveAreWrittenInIncreasingOrder() throws Exception {
    Path file = sources(Compression.ZIPS).getFirst();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, withOrder(bytes, LineOrder.RANDOM_Y));
    List<Path> written = convert(List.of(file), "exposure", Domain.EXPOSURE);
    Files.write(file, bytes);
    assertLogarithms(decoded(List.of(file), "before", ""), decoded(written, "after", ""));
  }

  private static byte[] withOrder(byte[] file, LineOrder order) {
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    int value = text.indexOf("lineOrder\0lineOrder\0") + 20 + 4;
    byte[] changed = file.clone();
    changed[value] = (byte) order.ordinal();
    return changed;
  }

  /** A file for each pair of compression and storage, written by OpenImageIO. */
  private List<Path> sources(Compression... compressions) throws Exception {
    Path place = Files.createDirectories(folder.resolve("source"));
    String corners = "topleft=0.1,2,3,0.5,9:topright=400,1,.3,1,2:bottomleft=.001,7,1,1,1";
    String command =
        String.format(
            Locale.ROOT,
            "oiiotool --pattern fill:%s:bottomright=40,5,.01,1,4 %dx%d 5 --chnames R,G,B,A,Z",
            corners,
            WIDTH,
            HEIGHT);
    StringBuilder arguments = new StringBuilder(command + " --origin +4-8 -d half -d Z=float");
    List<Path> files = new ArrayList<>();
    for (Compression compression : compressions) {
      for (String storage : STORAGES) {
        Path file = place.resolve("picture" + files.size() + ".exr");
        String name = compression.toString().toLowerCase(Locale.ROOT);
        String tiles = storage.contains("--tile") ? "" : " --scanline";
        arguments.append(
            String.format(
                Locale.ROOT,
                "%s --compression %s --attrib openexr:lineOrder %s -o %s",
                tiles,
                name,
                storage,
                file));
        files.add(file);
      }
    }
    run(arguments.toString());
    return files;
  }

  private Path combined(List<Path> files) throws Exception {
    Path all = files.getFirst().resolveSibling("all-" + files.getFirst().getFileName());
    List<String> command = new ArrayList<>(List.of("exrmultipart", "-combine", "-i"));
    for (int part = 0; part < files.size(); part++) {
      command.add(files.get(part) + "::part" + part);
    }
    command.addAll(List.of("-o", all.toString()));
    OpenExrTools.run(command);
    return all;
  }

  private List<Path> convert(List<Path> files, String place, Domain domain) throws Exception {
    List<Path> written = new ArrayList<>();
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(64L << 20))) {
      for (Path file : files) {
        Path to = Files.createDirectories(folder.resolve(place)).resolve(file.getFileName());
        new FileConverter(engines, workers)
            .convert(
                FileRequest.of(file, to, domain),
                Formats.of(file),
                Formats.of(file),
                (done, all) -> {});
        written.add(to);
      }
    }
    return written;
  }

  /** The files as OpenImageIO decodes them: uncompressed, with scanlines of float32. */
  private List<Path> decoded(List<Path> files, String place, String select) throws Exception {
    StringBuilder arguments = new StringBuilder("oiiotool --scanline -d float --compression none");
    arguments.append(" --attrib openexr:lineOrder increasingY");
    List<Path> written = new ArrayList<>();
    for (Path file : files) {
      Path to = Files.createDirectories(folder.resolve(place)).resolve(file.getFileName());
      arguments.append(
          String.format(Locale.ROOT, " %s %s -o %s --pop", file, select, to).replace("  ", " "));
      written.add(to);
    }
    run(arguments.toString());
    return written;
  }

  private static void run(String command) throws Exception {
    OpenExrTools.run(List.of(command.split(" ")));
  }

  /** The picture as OpenEXR's own library decodes it: one uncompressed tile. */
  private Path tiledByOpenExr(Path file) throws Exception {
    Path tiled = folder.resolve("tiled.exr");
    run(
        String.format(
            Locale.ROOT, "exrmaketiled -z none -t %d %d %s %s", WIDTH, HEIGHT, file, tiled));
    return tiled;
  }

  private static List<String> orders(Path file) throws IOException, ExrException {
    try (ExrReader reader = ExrReader.open(file)) {
      return reader.parts().stream().map(part -> "" + part.lineOrder() + part.tiling()).toList();
    }
  }

  private static void assertLogarithms(List<Path> before, List<Path> after) throws Exception {
    compare(
        before,
        after,
        (channel, was, is) -> {
          boolean light = channel.matches(".* [RGB]");
          double right = light ? Math.log(was) / Math.log(2) : was;
          assertEquals(right, is, light ? LOG2_ERROR : 0, channel);
        });
  }

  private static void assertEqual(List<Path> before, List<Path> after) throws Exception {
    compare(before, after, (channel, was, is) -> assertEquals(was, is, channel));
  }

  /** Compares two samples. */
  private interface Comparison {
    void compare(String channel, float was, float is);
  }

  private static void compare(List<Path> before, List<Path> after, Comparison comparison)
      throws Exception {
    assertEquals(before.size(), after.size());
    for (int i = 0; i < before.size(); i++) {
      Map<String, float[]> first = samples(before.get(i));
      Map<String, float[]> second = samples(after.get(i));
      assertEquals(first.keySet(), second.keySet());
      for (String channel : first.keySet()) {
        float[] was = requireNonNull(first.get(channel));
        float[] is = requireNonNull(second.get(channel));
        assertEquals(was.length, is.length);
        for (int s = 0; s < was.length; s++) {
          comparison.compare(after.get(i) + ", part " + channel, was[s], is[s]);
        }
      }
    }
  }

  /** The samples of an uncompressed file of scanlines or one tile, by part and channel. */
  private static Map<String, float[]> samples(Path file) throws IOException, ExrException {
    Map<String, float[]> samples = new TreeMap<>();
    try (ExrReader reader = ExrReader.open(file)) {
      for (int part = 0; part < reader.parts().size(); part++) {
        assertEquals(Compression.NONE, reader.parts().get(part).compression());
        for (ExrChannel channel : reader.parts().get(part).channels()) {
          samples.put(part + " " + channel.name(), samples(reader, part, channel));
        }
      }
    }
    return samples;
  }

  private static float[] samples(ExrReader reader, int part, ExrChannel wanted)
      throws IOException, ExrException {
    ExrHeader header = reader.parts().get(part);
    int width = (int) header.dataWindow().width();
    float[] samples = new float[width * (int) header.dataWindow().height()];
    int done = 0;
    for (int index = 0; index < reader.grid(part).count(); index++) {
      try (ExrChunk chunk = reader.read(part, index)) {
        ByteBuffer raw = ByteBuffer.wrap(chunk.raw()).order(ByteOrder.LITTLE_ENDIAN);
        for (long y = 0; y < chunk.layout().height(); y++) {
          for (ExrChannel channel : header.channels()) {
            boolean half = channel.type() == PixelType.HALF;
            for (int x = 0; x < width; x++) {
              float sample = half ? Float.float16ToFloat(raw.getShort()) : raw.getFloat();
              if (channel.equals(wanted)) {
                samples[done++] = sample;
              }
            }
          }
        }
      }
    }
    assertEquals(samples.length, done);
    return samples;
  }
}
