package stops.opencl.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stops.opencl.BrokenDriver;
import stops.opencl.BrokenDriver.Misdeed;
import stops.opencl.ChildJvm;
import stops.opencl.api.OpenClDevice;

/**
 * Whatever a driver does to its process, it is named, and the drivers beside it are used. The
 * drivers are real ones, compiled for this test.
 */
final class HostileDriverTest {
  private static final String LONG = "300";

  /** Long enough for a child to start and short enough to wait for. */
  private static final String SHORT = "4";

  /** These are waited for in vain. */
  private static final Set<Misdeed> WAITED_FOR =
      Set.of(
          Misdeed.LOAD_HANG,
          Misdeed.LOAD_SPIN,
          Misdeed.LOAD_STOP,
          Misdeed.LOAD_SPAWN_AND_HANG,
          Misdeed.USE_HANG,
          Misdeed.END_HANG);

  /** These do no harm to the process that loads them. */
  private static final Set<Misdeed> HARMLESS =
      Set.of(Misdeed.LOAD_FORGE_FOUND, Misdeed.LOAD_FORGE_RUBBISH);

  /** Their drivers are used. Only their devices are not. */
  private static final Set<Misdeed> OF_DEVICES =
      Set.of(Misdeed.USE_EXIT, Misdeed.USE_HANG, Misdeed.USE_PRINT);

  @TempDir Path folder = Path.of("");

  private String devices(String limit) throws Exception {
    return ChildJvm.run(
        DevicesMain.class,
        Map.of("OCL_ICD_VENDORS", folder.toString()),
        List.of("-Dstops.cache=" + folder.resolve("cache")),
        limit);
  }

  @ParameterizedTest
  @EnumSource(Misdeed.class)
  void theDriverIsNamedAndTheOthersAreUsed(Misdeed misdeed) throws Exception {
    InstalledDrivers.addTo(folder);
    Path library = BrokenDriver.register(folder, misdeed);
    boolean waitedFor = WAITED_FOR.contains(misdeed);
    String output = devices(waitedFor ? SHORT : LONG);
    assertFalse(output.contains("\033"), output);
    assertFalse(output.lines().anyMatch(line -> line.startsWith("chatter")), output);
    if (HARMLESS.contains(misdeed)) {
      assertTrue(output.contains("FAILED " + BrokenDriver.DEVICE + ": "), output);
    } else if (OF_DEVICES.contains(misdeed)) {
      String outcome = waitedFor ? "TIMED_OUT " : "CRASHED ";
      assertTrue(output.contains(outcome + BrokenDriver.DEVICE + ": "), output);
    } else {
      assertTrue(output.contains("problem OpenCL driver " + library), output);
      assertTrue(output.contains(" is left out: it "), output);
      assertFalse(output.contains(BrokenDriver.DEVICE), output);
    }
    if (!waitedFor) {
      for (OpenClDevice device : InstalledDrivers.devices()) {
        assertTrue(output.contains("PASSED " + device.name() + ": "), output);
      }
    }
  }

  @Test
  void besideADriverThatHangsTheOthersAreUsed() throws Exception {
    InstalledDrivers.addTo(folder);
    BrokenDriver.register(folder, Misdeed.LOAD_HANG);
    String output = devices("30");
    assertTrue(output.contains("it gave no answer within 30.0 s"), output);
    for (OpenClDevice device : InstalledDrivers.devices()) {
      assertTrue(output.contains("PASSED " + device.name() + ": "), output);
    }
  }

  /** The trial of the one takes as many answers as that of the others. */
  @Test
  void severalHostileDriversHarmNobody() throws Exception {
    InstalledDrivers.addTo(folder);
    List<Misdeed> misdeeds =
        List.of(
            Misdeed.LOAD_CRASH,
            Misdeed.LOAD_PRINT_LINES,
            Misdeed.SEARCH_EXIT,
            Misdeed.USE_EXIT,
            Misdeed.END_QUIT);
    for (Misdeed misdeed : misdeeds) {
      BrokenDriver.register(folder, misdeed);
    }
    String output = devices(LONG);
    assertEquals(
        4, output.lines().filter(line -> line.contains(" is left out: it ")).count(), output);
    assertTrue(output.contains("CRASHED " + BrokenDriver.DEVICE + ": "), output);
    for (OpenClDevice device : InstalledDrivers.devices()) {
      assertTrue(output.contains("PASSED " + device.name() + ": "), output);
    }
  }
}
