package stops.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import stops.Command;
import stops.Required;

/** Makes real drivers that crash or hang, with the C compiler, which is {@link Required}. */
public final class BrokenDriver {
  /** The only device of such a driver. */
  public static final String DEVICE = "Broken device";

  private static final Path FOLDER = Path.of("src", "test", "c");
  private static final Path SOURCE = FOLDER.resolve("broken_driver.c");

  private BrokenDriver() {}

  /** The failures of a driver. */
  public enum Fault {
    CRASH,
    HANG
  }

  /** The moments at which a driver fails. */
  public enum Moment {
    SEARCH,
    SELF_TEST
  }

  /** Wrong answers of a driver. {@code broken_driver.c} describes each. */
  public enum Vice {
    FILLS_WHAT_FAILS,
    REFUSES_64_BIT_TYPES,
    EXTENSIONS_TWICE,
    CHANGING_MEMORY,
    COUNTS_4294967295,
    COUNTS_2147483648,
    LISTS_NULL,
    NAME_OF_4_EIB,
    NAME_STEERS,
    NAME_EMPTY,
    LARGEST_NUMBERS,
    NUMBERS_0,
    CONTEXT_OF_NOTHING,
    THOUSAND_CRASH,
    PLATFORM_NAME_OF_10_MB,
    PLATFORM_NAME_STEERS
  }

  /**
   * What a driver does to its process when it is loaded, when it is searched for devices, when its
   * device is used, or when the process ends.
   */
  public enum Misdeed {
    LOAD_CRASH,
    LOAD_EXIT,
    LOAD_QUIT,
    LOAD_HANG,
    LOAD_SPIN,
    LOAD_STOP,
    LOAD_KILL,
    LOAD_PRINT_LINES,
    LOAD_PRINT_NO_LINES,
    LOAD_PRINT_EMPTY_LINES,
    LOAD_FORGE_FOUND,
    LOAD_FORGE_RUBBISH,
    LOAD_SPAWN_PRINTER,
    LOAD_SPAWN_AND_HANG,
    LOAD_CLOSE_OUTPUT,
    LOAD_CLOSE_ALL,
    SEARCH_EXIT,
    USE_EXIT,
    USE_HANG,
    USE_PRINT,
    END_HANG,
    END_CRASH,
    END_QUIT
  }

  /** Compiles a driver and registers it in the folder {@code vendors}. Returns its library. */
  public static Path register(Path vendors, Moment moment, Fault fault)
      throws IOException, InterruptedException {
    return register(
        vendors,
        "broken-" + moment + "-" + fault,
        List.of("-DBREAKS_AT=" + moment, "-DHOW=" + fault));
  }

  /** Compiles and registers a driver that gives wrong answers but neither crashes nor hangs. */
  public static Path register(Path vendors, Vice vice) throws IOException, InterruptedException {
    return register(vendors, "odd-" + vice, List.of("-DVICE=" + vice));
  }

  /** Compiles and registers a driver that does something to its process. */
  public static Path register(Path vendors, Misdeed misdeed)
      throws IOException, InterruptedException {
    return register(vendors, "evil-" + misdeed, List.of("-DMISDEED=" + misdeed));
  }

  /**
   * Compiles and registers a driver whose calls {@code real} answers, except that it crashes.
   *
   * @param real the library of the other driver
   * @param crashesOn part of the compiler options with which a build crashes; if empty, the search
   *     for devices crashes
   * @param notIn part of the command line of processes in which it does not crash; may be empty
   */
  public static Path registerPicky(Path vendors, String real, String crashesOn, String notIn)
      throws IOException, InterruptedException {
    return register(
        FOLDER.resolve("picky_driver.c"),
        vendors,
        "picky",
        List.of(
            "-DREAL=\"" + real + "\"",
            "-DCRASHES_ON=\"" + crashesOn + "\"",
            "-DNOT_IN=\"" + notIn + "\""));
  }

  /**
   * Compiles and registers a driver whose calls {@code real} answers, and which adds a letter to
   * the file {@code contexts} for every context that is created in a process without {@code notIn}
   * in its command line.
   */
  public static Path registerCounting(Path vendors, String real, Path contexts, String notIn)
      throws IOException, InterruptedException {
    return register(
        FOLDER.resolve("picky_driver.c"),
        vendors,
        "counting",
        List.of(
            "-DREAL=\"" + real + "\"",
            "-DCRASHES_ON=\"nothing\"",
            "-DNOT_IN=\"" + notIn + "\"",
            "-DCONTEXTS=\"" + contexts.toAbsolutePath() + "\""));
  }

  private static Path register(Path vendors, String name, List<String> definitions)
      throws IOException, InterruptedException {
    return register(SOURCE, vendors, name, definitions);
  }

  private static Path register(Path source, Path vendors, String name, List<String> definitions)
      throws IOException, InterruptedException {
    Path library = vendors.toAbsolutePath().resolve(name + ".so");
    List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-w"));
    command.addAll(definitions);
    command.addAll(List.of("-o", library.toString(), source.toString()));
    Required.program("gcc");
    String unused = Command.outputOf(command.toArray(String[]::new));
    Files.writeString(vendors.resolve(name + ".icd"), library + "\n");
    return library;
  }
}
