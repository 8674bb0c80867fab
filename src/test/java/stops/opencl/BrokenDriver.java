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

  private static final Path SOURCE = Path.of("src", "test", "c", "broken_driver.c");

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
    CONTEXT_OF_NOTHING
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

  private static Path register(Path vendors, String name, List<String> definitions)
      throws IOException, InterruptedException {
    Path library = vendors.toAbsolutePath().resolve(name + ".so");
    List<String> command = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-w"));
    command.addAll(definitions);
    command.addAll(List.of("-o", library.toString(), SOURCE.toString()));
    Required.program("gcc");
    String unused = Command.outputOf(command.toArray(String[]::new));
    Files.writeString(vendors.resolve(name + ".icd"), library + "\n");
    return library;
  }
}
