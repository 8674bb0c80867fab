package stops.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.ExitStatus;

/**
 * Converts a small file of every format again and again, while one call of the system after the
 * other fails. Prints a line for each result that is wrong, and how often each call failed. One
 * process does it all, because starting a thousand would take minutes.
 *
 * <p>Arguments: the library failing_system, which has to be preloaded, and an empty folder.
 */
final class FailingSystemMain {
  /** An error of failing_system: half of the bytes are moved. */
  private static final int HALF = -1;

  private static final Map<String, Integer> ERRORS = new LinkedHashMap<>();

  static {
    ERRORS.put("EIO", 5);
    ERRORS.put("ENOSPC", 28);
    ERRORS.put("EACCES", 13);
    ERRORS.put("EINTR", 4);
    ERRORS.put("half", HALF);
  }

  private final Path folder;
  private final MethodHandle failAt;
  private final MethodHandle failedCall;
  private final MemorySegment watched;
  private final PrintStream out = System.out;
  private final Map<String, Integer> failed = new TreeMap<>();

  private FailingSystemMain(Path library, Path folder) {
    this.folder = folder;
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    Linker linker = Linker.nativeLinker();
    failAt =
        linker.downcallHandle(
            symbols.findOrThrow("fail_at"),
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    failedCall =
        linker.downcallHandle(
            symbols.findOrThrow("failed_call"), FunctionDescriptor.of(ValueLayout.ADDRESS));
    watched = Arena.global().allocateFrom(folder.toString());
  }

  /**
   * A conversion.
   *
   * @param what it is, for messages
   * @param input the content of the input
   * @param before the content of the output before; null if there is none
   * @param arguments of the program
   */
  private record Case(
      String what, Path from, byte[] input, Path to, byte @Nullable [] before, String[] arguments) {

    void prepare() throws IOException {
      Files.write(from, input);
      if (!from.equals(to)) {
        if (before == null) {
          Files.deleteIfExists(to);
        } else {
          Files.write(to, before);
        }
      }
    }
  }

  /** The end of a run. */
  private record End(int status, List<String> lines, byte @Nullable [] output, String failed) {}

  public static void main(String[] arguments) throws Throwable {
    Thread.setDefaultUncaughtExceptionHandler(new Main.LostThread());
    new FailingSystemMain(Path.of(arguments[0]), Path.of(arguments[1])).run();
  }

  private void run() throws Throwable {
    for (Case each : cases()) {
      each.prepare();
      End end = convert(each);
      if (end.status() != 0 || end.output() == null) {
        throw new IllegalStateException(each.what() + ": " + end);
      }
      for (Map.Entry<String, Integer> error : ERRORS.entrySet()) {
        fail(each, end.output(), error.getKey(), error.getValue());
      }
    }
    failed.forEach((call, count) -> out.println("failed " + call + " " + count));
  }

  /** Fails one call after the other, until there are no more. */
  private void fail(Case each, byte[] right, String error, int number) throws Throwable {
    String call;
    long n = 0;
    do {
      each.prepare();
      failAt.invoke(watched, ++n, number);
      End end = convert(each);
      call = end.failed();
      for (String wrong : problems(each, right, end, call)) {
        out.println(
            String.format(
                Locale.ROOT, "%s, call %d, %s: %s: %s", each.what(), n, call, error, wrong));
      }
      if (!call.isEmpty()) {
        failed.merge(call, 1, Integer::sum);
      }
    } while (!call.isEmpty());
  }

  private List<String> problems(Case each, byte[] right, End end, String call) throws IOException {
    List<String> problems = new ArrayList<>();
    boolean isNew = Arrays.equals(right, end.output());
    byte[] old = each.from().equals(each.to()) ? each.input() : each.before();
    boolean isOld = Arrays.equals(old, end.output());
    if (end.status() == ExitStatus.DONE ? !isNew : !isNew && !isOld) {
      problems.add("status " + end.status() + ", but the output is neither old nor new");
    }
    boolean said = end.lines().size() == 1 && end.lines().getFirst().startsWith("stops convert: ");
    switch (end.status()) {
      case ExitStatus.DONE -> {
        if (!end.lines().isEmpty()) {
          problems.add("says " + end.lines());
        }
      }
      case ExitStatus.INPUT, ExitStatus.OUTPUT -> {
        if (!said || end.lines().getFirst().contains("unexpectedly")) {
          problems.add("says " + end.lines());
        }
      }
      default -> problems.add("status " + end.status() + ": " + end.lines());
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.filter(path -> path.toString().endsWith(".tmp")).toList()) {
        Files.delete(left);
        if (!call.startsWith("unlink")) {
          problems.add("leaves " + left.getFileName());
        }
      }
    }
    return problems;
  }

  private End convert(Case each) throws Throwable {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    int status;
    try {
      status = Main.run(each.arguments());
    } finally {
      System.setErr(before);
    }
    MemorySegment name = (MemorySegment) failedCall.invoke();
    String call = name.reinterpret(64).getString(0);
    failAt.invoke(watched, 0L, 0);
    return new End(
        status,
        said.toString(StandardCharsets.UTF_8).lines().toList(),
        Files.exists(each.to()) ? Files.readAllBytes(each.to()) : null,
        call);
  }

  private List<Case> cases() throws IOException {
    Path pfm = folder.resolve("made.pfm");
    byte[] header = "PF\n16 8\n-1.0\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer picture =
        ByteBuffer.allocate(header.length + 16 * 8 * 3 * 4).order(ByteOrder.LITTLE_ENDIAN);
    picture.put(header);
    for (int i = 0; picture.hasRemaining(); i++) {
      picture.putFloat(0.25f + i);
    }
    Files.write(pfm, picture.array());
    List<Case> cases = new ArrayList<>();
    for (String format : List.of("exr", "tif", "npy", "pfm", "raw", "hdr")) {
      Path made = folder.resolve("made." + format);
      if (format.equals("hdr")) {
        make(pfm, made, "--to", "intensity", "--from", "exposure", "--gain", "-300");
      } else if (!format.equals("pfm")) {
        make(pfm, made, "--to", "exposure");
      }
      byte[] input = Files.readAllBytes(made);
      Path from = folder.resolve("from." + format);
      Path to = folder.resolve("to." + format);
      byte[] other = "what was there before".getBytes(StandardCharsets.US_ASCII);
      cases.add(new Case(format + ", new", from, input, to, null, arguments(from, to, format)));
      cases.add(
          new Case(format + ", replaced", from, input, to, other, arguments(from, to, format)));
      cases.add(
          new Case(format + ", in place", from, input, from, null, arguments(from, from, format)));
    }
    return cases;
  }

  private static String[] arguments(Path from, Path to, String format) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "convert",
                from.toString(),
                to.toString(),
                "-q",
                "--device",
                "cpu",
                "--to",
                "intensity"));
    if (format.equals("hdr")) {
      arguments.addAll(List.of("--from", "exposure"));
    }
    if (format.equals("raw")) {
      arguments.addAll(List.of("--raw", "f32"));
    }
    return arguments.toArray(String[]::new);
  }

  private static void make(Path from, Path to, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("convert", from.toString(), to.toString(), "-q", "--device", "cpu"));
    arguments.addAll(List.of(options));
    int status = Main.run(arguments.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException(arguments + " ended with status " + status);
    }
  }
}
