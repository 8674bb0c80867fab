package stops.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import stops.Command;
import stops.Required;

/** Makes real drivers that crash or hang, with the C compiler, which is {@link Required}. */
public final class BrokenDriver {
  /** The only device of such a driver. */
  public static final String DEVICE = "Broken device";

  private static final Path SOURCE = Path.of("src", "test", "c", "broken_driver.c");

  private BrokenDriver() {}

  /** What goes wrong. */
  public enum Fault {
    CRASH,
    HANG
  }

  /** When it goes wrong. */
  public enum Moment {
    SEARCH,
    SELF_TEST
  }

  /** Makes a driver and registers it in {@code vendors}, a folder. Returns its library. */
  public static Path register(Path vendors, Moment moment, Fault fault)
      throws IOException, InterruptedException {
    String name = "broken-%s-%s".formatted(moment, fault);
    Path library = vendors.toAbsolutePath().resolve(name + ".so");
    List<String> command =
        List.of(
            "gcc",
            "-shared",
            "-fPIC",
            "-w",
            "-DBREAKS_AT=" + moment,
            "-DHOW=" + fault,
            "-o",
            library.toString(),
            SOURCE.toString());
    Required.program("gcc");
    String unused = Command.outputOf(command.toArray(String[]::new));
    Files.writeString(vendors.resolve(name + ".icd"), library + "\n");
    return library;
  }
}
