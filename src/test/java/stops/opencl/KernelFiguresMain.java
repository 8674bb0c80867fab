package stops.opencl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges what the compilers of {@code ci/kernels} made of the kernel, prints a table of its
 * figures, and compares them with those that were written down.
 */
final class KernelFiguresMain {
  /** How many registers more are no step back: cards give them out in groups. */
  private static final int REGISTER_STEP = 8;

  private static final double MORE_INSTRUCTIONS = 1.05;

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern GRF = Pattern.compile("\\br(\\d{1,3})(?![\\w])");

  /**
   * What is held of a build.
   *
   * @param registers AMD: vector registers; Intel: registers that occur; NVIDIA: those that hold
   *     values at once
   * @param scratch bytes of scratch memory a work-item, spilled registers included
   * @param hot instructions that access scratch memory in the loop over ordinary vectors or before
   *     it
   * @param instructions in that loop, a sample; on Intel a sample of eight work-items
   */
  private record Figures(int registers, int scratch, int hot, double instructions) {
    String cell() {
      return String.format(
          Locale.ROOT,
          "%d %s%s %.1f",
          registers,
          scratch == 0 ? "-" : Integer.toString(scratch),
          hot == 0 ? "" : "!",
          instructions);
    }
  }

  private final Path folder;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Map<String, Figures>> figures = new LinkedHashMap<>();

  private KernelFiguresMain(Path folder) {
    this.folder = folder;
  }

  /**
   * The arguments: the folder of the code, the file of figures, {@code update} or {@code check}.
   */
  public static void main(String[] arguments) throws IOException {
    KernelFiguresMain main = new KernelFiguresMain(Path.of(arguments[0]));
    main.read();
    main.print();
    Path file = Path.of(arguments[1]);
    if (arguments[2].equals("update")) {
      main.write(file);
    } else {
      main.compare(file);
    }
    main.problems.forEach(System.err::println);
    System.exit(main.problems.isEmpty() ? 0 : 1);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads all that was built: TARGET/BUILD.full.s and .hot.s, and .log where a compiler said
   * something.
   */
  private void read() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder.resolve("code"))) {
      files = found.sorted().toList();
    }
    for (Path file : files) {
      if (file.toString().endsWith(".log") && Files.size(file) > 0) {
        String build = file.getFileName().toString().replaceFirst("\\.log$", "");
        List<String> said = lines(file);
        String first =
            said.stream()
                .filter(line -> line.contains("error"))
                .findFirst()
                .orElse(said.getFirst());
        Path code = folder.resolve("code").relativize(file);
        problems.add(code.getName(0) + " " + build + ": " + first.strip());
      }
    }
    for (String line : lines(folder.resolve("variants"))) {
      String[] fields = line.split("\t", -1);
      if (!fields[0].equals("full")) {
        continue;
      }
      Map<String, Figures> row = new LinkedHashMap<>();
      figures.put(fields[1], row);
      for (String target : targets()) {
        Path full = folder.resolve("code").resolve(target).resolve(fields[1] + ".full.s");
        Path hot = full.resolveSibling(fields[1] + ".hot.s");
        if (Files.exists(full) && Files.exists(hot)) {
          try {
            row.put(target, measure(fields, target, full, hot));
          } catch (IllegalStateException e) {
            problems.add(target + " " + fields[1] + ": " + e.getMessage());
          }
        }
      }
    }
  }

  private List<String> targets() {
    return lines(folder.resolve("targets"));
  }

  private Figures measure(String[] variant, String target, Path full, Path hot) {
    KernelCode.Maker maker =
        target.startsWith("gfx")
            ? KernelCode.Maker.AMD
            : target.startsWith("sm_") ? KernelCode.Maker.NVIDIA : KernelCode.Maker.INTEL;
    List<String> lines = lines(full);
    KernelCode code = new KernelCode(maker, lines);
    if (variant[2].equals("0") && code.hasDoubles()) {
      problems.add(target + " " + variant[1] + ": computes with doubles");
    }
    Matcher lanes = Pattern.compile("-DLANES=(\\d+)").matcher(variant[4]);
    if (!lanes.find()) {
      throw new IllegalStateException("no lanes in " + variant[4]);
    }
    int vector = Integer.parseInt(lanes.group(1));
    List<String> hotLines = lines(hot);
    KernelCode.Hot loop = new KernelCode(maker, hotLines).hot(vector);
    double instructions = (double) loop.instructions() / vector;
    return switch (maker) {
      case AMD ->
          new Figures(
              number(lines, "; NumVgprs:"),
              number(lines, "; ScratchSize:"),
              loop.scratch(),
              instructions);
      case NVIDIA ->
          new Figures(
              code.liveRegisters(), number(lines, "\t.local .align"), loop.scratch(), instructions);
      case INTEL ->
          new Figures(
              registers(lines),
              number(lines, "//.spill size") + privateBytes(full),
              loop.scratch(),
              instructions * 8 / number(hotLines, "// SIMD"));
    };
  }

  /** The last number of the first line that begins so; 0 without one. */
  private static int number(List<String> lines, String beginning) {
    for (String line : lines) {
      if (line.startsWith(beginning)) {
        int last = 0;
        Matcher matcher = NUMBER.matcher(line.substring(beginning.length()));
        while (matcher.find()) {
          last = Integer.parseInt(matcher.group());
        }
        return last;
      }
    }
    return 0;
  }

  private static int registers(List<String> lines) {
    Set<Integer> numbers = new TreeSet<>();
    for (String line : lines) {
      if (!line.startsWith("//")) {
        Matcher matcher = GRF.matcher(line);
        while (matcher.find()) {
          numbers.add(Integer.parseInt(matcher.group(1)));
        }
      }
    }
    return numbers.size();
  }

  /** The sizes of the arrays that Intel's compiler left in memory, of its own intermediate code. */
  private static int privateBytes(Path full) {
    Path file = full.resolveSibling(full.getFileName().toString().replaceFirst("\\.s$", ".ll"));
    if (!Files.exists(file)) {
      return 0;
    }
    Map<String, String> types = new LinkedHashMap<>();
    int sum = 0;
    for (String line : lines(file)) {
      Matcher type = Pattern.compile("(%[\\w.]+) = type \\{ (.*) \\}").matcher(line);
      Matcher array = Pattern.compile(" += alloca (.*), align \\d+.*").matcher(line);
      if (type.matches()) {
        types.put(type.group(1), type.group(2));
      } else if (array.find()) {
        sum += bytes(array.group(1), types);
      }
    }
    return sum;
  }

  private static int bytes(String type, Map<String, String> types) {
    Matcher array = Pattern.compile("[\\[<](\\d+) x (.*)[\\]>]").matcher(type);
    if (types.containsKey(type)) {
      int sum = 0;
      int depth = 0;
      int from = 0;
      String members = types.get(type) + ",";
      for (int i = 0; i < members.length(); i++) {
        char c = members.charAt(i);
        depth += c == '[' || c == '<' ? 1 : c == ']' || c == '>' ? -1 : 0;
        if (c == ',' && depth == 0) {
          sum += bytes(members.substring(from, i).strip(), types);
          from = i + 1;
        }
      }
      return sum;
    }
    return array.matches()
        ? Integer.parseInt(array.group(1)) * bytes(array.group(2), types)
        : type.matches("i\\d+")
            ? Integer.parseInt(type.substring(1)) / 8
            : type.equals("float") ? 4 : 8;
  }

  private void print() {
    List<String> targets = targets();
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-26s", ""));
    targets.forEach(target -> head.append(String.format(Locale.ROOT, " %14s", target)));
    System.out.println(head);
    figures.forEach((variant, row) -> {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-26s", variant));
      for (String target : targets) {
        Figures cell = row.get(target);
        line.append(String.format(Locale.ROOT, " %14s", cell == null ? "" : cell.cell()));
      }
      System.out.println(line);
    });
  }

  private List<String> written() {
    List<String> lines = new ArrayList<>();
    lines.add("# What ci/kernels measured, and holds; ci/kernels --update writes it. Compilers:");
    lines(folder.resolve("versions")).forEach(version -> lines.add("# " + version));
    lines.add(
        String.format(
            Locale.ROOT,
            "# %-24s %-8s %9s %7s %3s %12s",
            "variant",
            "target",
            "registers",
            "scratch",
            "hot",
            "instructions"));
    figures.forEach((variant, row) ->
        row.forEach((target, cell) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%-26s %-8s %9d %7d %3d %12.2f",
                    variant,
                    target,
                    cell.registers,
                    cell.scratch,
                    cell.hot,
                    cell.instructions))));
    return lines;
  }

  private void write(Path file) throws IOException {
    if (problems.isEmpty()) {
      Files.write(file, written());
    } else {
      problems.add(file + " stays as it was");
    }
  }

  private void compare(Path file) {
    List<String> now = written();
    List<String> held = Files.exists(file) ? lines(file) : List.of();
    Map<String, String[]> rows = new LinkedHashMap<>();
    for (String line : held) {
      if (!line.startsWith("#")) {
        String[] fields = line.split(" +", -1);
        rows.put(fields[0] + " " + fields[1], fields);
      }
    }
    if (!comments(now).equals(comments(held))) {
      problems.add(
          "ci/kernels.txt is of other compilers: see its first lines; ci/kernels --update");
      return;
    }
    figures.forEach((variant, row) ->
        row.forEach((target, cell) -> {
          String[] fields = rows.remove(variant + " " + target);
          if (fields == null) {
            problems.add(target + " " + variant + ": not in ci/kernels.txt");
            return;
          }
          String where = target + " " + variant;
          worse(where, "registers", cell.registers, fields[2], 1, REGISTER_STEP - 1);
          worse(where, "bytes of scratch memory", cell.scratch, fields[3], 1, 0);
          worse(where, "hot accesses to scratch memory", cell.hot, fields[4], 1, 0);
          worse(
              where,
              "instructions a sample",
              cell.instructions,
              fields[5],
              MORE_INSTRUCTIONS,
              0.005);
        }));
    rows.keySet().forEach(key -> problems.add(key + ": only in ci/kernels.txt"));
  }

  private void worse(
      String where, String what, double now, String held, double factor, double slack) {
    double before = Double.parseDouble(held);
    if (now > before * factor + slack) {
      problems.add(
          String.format(Locale.ROOT, "%s: %s: %s, was %s", where, what, plain(now), plain(before)));
    }
  }

  private static String plain(double figure) {
    return figure == Math.rint(figure)
        ? Long.toString((long) figure)
        : String.format(Locale.ROOT, "%.2f", figure);
  }

  private static List<String> comments(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("#")).toList();
  }
}
