package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.opencl.api.ClException;
import stops.opencl.api.Context;
import stops.opencl.api.OpenClDevice;

/** A kernel in float32 pairs fails its self-test if it lost any of its terms. */
final class PairsSelfTestTest {
  private static final String SOURCE = KernelSource.read(Arithmetic.PAIRS);

  /** The exact errors of roundings. Without a fused multiply-add they are not exact. */
  private static final Map<Direction, List<String>> RESIDUES =
      Map.of(
          Direction.TO_EXPOSURE,
          List.of(
              "fma(-s, d, f)",
              "fma(s, s, -u)",
              "fma(a5, u, K3 - a3)",
              "fma(a3, u, K1 - a1)",
              "fma(s, a1, k - sum)"),
          Direction.TO_INTENSITY,
          List.of(
              "fma(p, r, E4 - p4)",
              "fma(p4, r, E3 - p3)",
              "fma(p3, r, E2 - p2)",
              "fma(p2, r, E1 - p1)",
              "fma(p1, r, 1.0f - sum)"));

  /**
   * The low term of the next line makes good for the loss of this product: of 25 million float32,
   * none is wrong then.
   */
  private static final String HARMLESS = "fma(a7, u, (FloatLanes)K5)";

  private static final Variant.Shape SHAPE = new Variant.Shape(4, 8, 1);

  @TempDir Path folder = Path.of("");

  @Test
  void everyTermOfLog2IsNeeded() throws Exception {
    assertEquals(List.of(), unnoticed(Direction.TO_EXPOSURE));
  }

  @Test
  void everyTermOfExp2IsNeeded() throws Exception {
    assertEquals(List.of(), unnoticed(Direction.TO_INTENSITY));
  }

  private List<String> unnoticed(Direction direction) throws Exception {
    OpenCl openCl = TestDevice.openCl();
    OpenClDevice device = TestDevice.of(openCl);
    List<String> unnoticed = new ArrayList<>();
    try (Context context = Context.create(openCl.usable(device))) {
      assertTrue(passes(context, device, direction, SOURCE), "the kernel itself");
      for (Map.Entry<String, String> broken : broken(direction).entrySet()) {
        if (passes(context, device, direction, broken.getValue())) {
          unnoticed.add(broken.getKey());
        }
      }
    }
    return unnoticed;
  }

  /** Kernels with one error each, by the error's description. */
  private static Map<String, String> broken(Direction direction) {
    Map<String, String> broken = new LinkedHashMap<>();
    String function = direction == Direction.TO_EXPOSURE ? "log2Lanes(" : "exp2Lanes(";
    int start = SOURCE.indexOf("static FloatLanes " + function);
    String text = SOURCE.substring(start, SOURCE.indexOf("\n}\n", start));
    for (MatchResult found : Pattern.compile("fma\\(").matcher(text).results().toList()) {
      int at = start + found.start();
      List<String> arguments = arguments(at + 4);
      String call = "fma(" + String.join(",", arguments) + ")";
      String name = call.replaceAll("\\s+", " ");
      if (!name.equals(HARMLESS)) {
        broken.put(name + " without the product", replaced(at, call, "(" + arguments.get(2) + ")"));
      }
      if (RESIDUES.getOrDefault(direction, List.of()).contains(name)) {
        String unfused =
            "(" + arguments.get(0) + " * (" + arguments.get(1) + ") + " + arguments.get(2);
        broken.put(name + " rounded twice", replaced(at, call, unfused + ")"));
      }
    }
    String letter = direction == Direction.TO_EXPOSURE ? "K" : "E";
    for (MatchResult low :
        Pattern.compile("#define (" + letter + "._LOW) .*").matcher(SOURCE).results().toList()) {
      String zero = "#define " + low.group(1) + " 0.0f";
      broken.put(low.group(1) + " is 0", replaced(low.start(), low.group(), zero));
    }
    long residues = broken.keySet().stream().filter(name -> name.endsWith(" twice")).count();
    assertEquals(5, residues, "the kernel has other residues");
    assertTrue(broken.size() >= 24, "the kernel has other terms");
    return broken;
  }

  private static String replaced(int at, String right, String wrong) {
    assertTrue(SOURCE.startsWith(right, at), right);
    return SOURCE.substring(0, at) + wrong + SOURCE.substring(at + right.length());
  }

  /** The arguments of the call in the source whose first argument starts at {@code at}. */
  private static List<String> arguments(int at) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int start = at;
    for (int i = at; ; i++) {
      char c = SOURCE.charAt(i);
      if (depth == 0 && (c == ',' || c == ')')) {
        arguments.add(SOURCE.substring(start, i));
        start = i + 1;
        if (c == ')') {
          return arguments;
        }
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
  }

  private boolean passes(Context context, OpenClDevice device, Direction direction, String source)
      throws ClException {
    EngineOptions options =
        TestDevice.options(1, 0, Arithmetic.PAIRS, true, new PrivateFolder(folder));
    ProgramStore programs = new ProgramStore(context, device, arithmetic -> source, options);
    Lane.LaneParts parts = new Lane.LaneParts(context, programs, Placement.of(device, true));
    BoundConversion job =
        BoundConversion.of(
            Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32),
            new KernelChoice(Arithmetic.PAIRS, SHAPE));
    try (Arena arena = Arena.ofShared();
        Lane lane = parts.open()) {
      Chunk chunk = Chunk.of(arena.allocate(4, 64), arena.allocate(4, 64), 1);
      new SelfTest(programs, options.cache(), true).require(lane, job, chunk);
      return true;
    } catch (WrongSampleException e) {
      return false;
    }
  }
}
