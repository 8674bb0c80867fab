package stops.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stops.cpu.ScalarEngine;
import stops.engine.Engine;
import stops.engine.pool.EnginePool;
import stops.exr.OpenExrTools;
import stops.format.Formats;
import stops.image.ImageFormat;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

/**
 * Makes files of several layers and parts with oiiotool, converts them, and reads them with
 * oiiotool.
 */
final class LayeredFiles {
  private final Path folder;

  LayeredFiles(Path folder) {
    this.folder = folder;
  }

  /** Runs oiiotool. Names of files are relative to the folder. */
  String oiiotool(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("oiiotool"));
    for (String argument : arguments.strip().split("\\s+", -1)) {
      boolean file = argument.matches("[a-z0-9]+\\.(exr|hdr|tif|pfm)");
      command.add(file ? path(argument).toString() : argument);
    }
    return OpenExrTools.run(command);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Makes a file with a constant value in each channel: {@code R=0.5,N.X=-1}. */
  void constant(String file, String channels, String options) throws Exception {
    String values = channels.replaceAll("[^,=]+=", "");
    String names = channels.replaceAll("=[^,]+", "");
    oiiotool(
        String.format(
            Locale.ROOT,
            "--pattern constant:color=%s 9x7 %d --chnames %s %s -o %s",
            values,
            values.split(",", -1).length,
            names,
            options,
            file));
  }

  static FileReport convert(FileRequest request) throws Exception {
    ImageFormat format = Formats.of(request.input());
    return convert(request, format);
  }

  static FileReport convert(FileRequest request, ImageFormat format) throws Exception {
    try (Engine cpu = new ScalarEngine();
        EnginePool engines = EnginePool.of(cpu, cpu);
        StripWorkers workers = StripWorkers.converting(engines, 2, new MemoryBound(64L << 20))) {
      return new FileConverter(engines, workers)
          .convert(request, format, Formats.forTarget(request.output(), format), (done, all) -> {});
    }
  }

  /** The values that oiiotool reads from a file with a constant value in each channel. */
  Map<String, Double> values(String file, int part) throws Exception {
    String text = oiiotool(file + " --subimage " + part + " --printstats");
    String minimum = group(text, "Stats Min: ([^(]+)\\(");
    assertEquals(minimum, group(text, "Stats Max: ([^(]+)\\("));
    String[] numbers = minimum.strip().split(" ", -1);
    String[] names = channels(file, part).split(", ", -1);
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], Double.valueOf(numbers[i]));
    }
    return values;
  }

  /** The channels of a part that oiiotool reports. */
  String channels(String file, int part) throws Exception {
    return group(oiiotool(file + " --subimage " + part + " --printinfo"), "channel list: ([^\n]+)");
  }

  /** The SHA-1 that oiiotool computes of the samples of some channels of a part. */
  String hash(String file, int part, String channels) throws Exception {
    oiiotool(file + " --subimage " + part + " --ch " + channels + " -o hashed.exr");
    return group(oiiotool("--info -v --hash hashed.exr"), "SHA-1: ([0-9A-F]+)");
  }

  /** The values of an attribute that exrheader reports, one for each part that has it. */
  List<String> attributes(String file, String name) throws Exception {
    String text = OpenExrTools.run(List.of("exrheader", path(file).toString()));
    Matcher found =
        Pattern.compile(
                "^" + name + " \\([^)]+\\):\\s*((?:\"?[^\n]*\n)(?: +[^\n]*\n)*)", Pattern.MULTILINE)
            .matcher(text);
    List<String> values = new ArrayList<>();
    while (found.find()) {
      values.add(found.group(1).replace("\"", "").strip().replaceAll("\\s+", " "));
    }
    return values;
  }

  private static String group(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), pattern + " in " + text);
    return found.group(1).strip();
  }
}
