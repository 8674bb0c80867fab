package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.engine.ZeroPolicy;
import stops.opencl.api.OpenClDevice;

/**
 * Writes the sources and options of the kernel's builds into a folder, for {@code ci/kernels}.
 *
 * <p>{@code variants} has a line for each build, with tabs between: its use, its name, whether it
 * has doubles (1 or 0), the file of its source, its options. The use is {@code full} for those that
 * are measured, {@code hot} for the same without the special way, {@code all} for those that only
 * have to compile.
 */
final class KernelVariantsMain {
  /** The one call that the hot builds leave out, and what is there instead. */
  private static final String SPECIAL =
      "result = convertSpecial(bits, (IntLanes)-1, place, &terms, &tally, &noted);";

  private static final String LEFT_OUT = "break;";

  private static final Variant.Shape CARD =
      KernelChoice.preferred(OpenClDevice.Type.GPU, 256, Arithmetic.FP64).shape();

  /**
   * So many steps that no compiler unrolls the loop over them: an iteration is a vector. The loop
   * itself is that of the full build.
   */
  private static final Variant.Shape HOT = new Variant.Shape(CARD.vectorSamples(), 255, 128);

  /** The call of the integer code for the few samples that pairs do not settle. */
  private static final String DOUBTFUL = ": convertByIntegers(bits);";

  /** Keeps the test of the samples. */
  private static final String DOUBTFUL_LEFT_OUT = ": (Targets)0;";

  private final Path folder;
  private final List<String> lines = new ArrayList<>();

  private KernelVariantsMain(Path folder) {
    this.folder = folder;
  }

  /** The argument is the folder. */
  public static void main(String[] arguments) throws IOException {
    new KernelVariantsMain(Path.of(arguments[0])).write();
  }

  private void write() throws IOException {
    Files.createDirectories(folder);
    for (Arithmetic arithmetic : Arithmetic.values()) {
      String source = KernelSource.read(arithmetic);
      String hot = source.replace(SPECIAL, LEFT_OUT);
      if (hot.length() != source.length() - SPECIAL.length() + LEFT_OUT.length()) {
        throw new IllegalStateException("the kernel has not exactly one call: " + SPECIAL);
      }
      Files.writeString(folder.resolve(name(arithmetic) + ".cl"), source);
      Files.writeString(
          folder.resolve(name(arithmetic) + ".hot.cl"), hot.replace(DOUBTFUL, DOUBTFUL_LEFT_OUT));
      measured(arithmetic);
    }
    for (Arithmetic arithmetic : Arithmetic.values()) {
      all(arithmetic);
    }
    Files.writeString(folder.resolve("variants"), String.join("\n", lines) + "\n", UTF_8);
  }

  private static String name(Arithmetic arithmetic) {
    return arithmetic.name().toLowerCase(Locale.ROOT);
  }

  /** Whether there is such a kernel, and none in integers is the same. */
  private static boolean isOwn(
      Arithmetic arithmetic, SampleType source, SampleType target, boolean gain) {
    boolean wide = gain || source == SampleType.FLOAT64 || target == SampleType.FLOAT64;
    return arithmetic != Arithmetic.PAIRS || !wide;
  }

  /** The builds that are measured: those that most samples go through. */
  private void measured(Arithmetic arithmetic) {
    for (Direction direction : Direction.MAPS) {
      for (SampleType type : SampleType.values()) {
        for (boolean gain : new boolean[] {false, true}) {
          boolean wide = gain || type == SampleType.FLOAT64;
          // Doubles in software have no other way than the special one, which the hot builds lack.
          boolean measurable = !wide || arithmetic == Arithmetic.FP64;
          if (measurable && !(gain && type != SampleType.FLOAT32)) {
            for (boolean oneChannel : wide ? new boolean[] {true} : new boolean[] {true, false}) {
              add(
                  "full",
                  arithmetic,
                  new Variant(
                      direction, type, type, arithmetic, gain, oneChannel, true, true, CARD));
              add(
                  "hot",
                  arithmetic,
                  new Variant(
                      direction, type, type, arithmetic, gain, oneChannel, true, true, HOT));
            }
          }
        }
      }
    }
  }

  /** Every build for cards that there can be, and those for CPUs that differ in their vectors. */
  private void all(Arithmetic arithmetic) {
    for (Direction direction : Direction.values()) {
      for (SampleType source : SampleType.values()) {
        for (SampleType target : SampleType.values()) {
          for (int bits = 0; bits < 32; bits++) {
            boolean gain = (bits & 1) != 0;
            if (direction.adjusts() && (gain || arithmetic != Arithmetic.INTEGER)) {
              // The kernel of an adjustment is the same with every arithmetic.
              continue;
            }
            boolean aligned = (bits & 4) != 0;
            boolean checked = (bits & 8) != 0;
            boolean card = (bits & 16) != 0;
            if (isOwn(arithmetic, source, target, gain) && (card || (aligned && checked))) {
              add(
                  "all",
                  arithmetic,
                  Variant.of(
                      new Conversion(direction, source, target, gain ? 1 : 0, ZeroPolicy.INF),
                      card
                          ? new KernelChoice(arithmetic, CARD)
                          : KernelChoice.preferred(OpenClDevice.Type.CPU, 1, arithmetic),
                      (bits & 2) != 0,
                      aligned,
                      checked));
            }
          }
        }
      }
    }
  }

  private void add(String use, Arithmetic arithmetic, Variant variant) {
    List<String> name = new ArrayList<>();
    name.add(
        switch (variant.direction()) {
          case TO_EXPOSURE -> "log2";
          case TO_INTENSITY -> "exp2";
          case SCALE -> "scale";
          case SHIFT -> "shift";
        });
    name.add(variant.source().shortName());
    if (variant.target() != variant.source()) {
      name.add(variant.target().shortName());
    }
    name.add(name(arithmetic));
    if (variant.gain()) {
      name.add("gain");
    }
    if (!variant.oneChannel()) {
      name.add("interleaved");
    }
    if (!variant.aligned()) {
      name.add("unaligned");
    }
    if (!variant.checked()) {
      name.add("unchecked");
    }
    if (variant.shape().localItems() == 1) {
      name.add("cpu");
    }
    String file = name(arithmetic) + (use.equals("hot") ? ".hot.cl" : ".cl");
    lines.add(
        String.join(
            "\t",
            use,
            String.join("-", name),
            arithmetic == Arithmetic.FP64 ? "1" : "0",
            file,
            variant.options()));
  }
}
