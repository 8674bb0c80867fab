package stops.opencl.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.Command;
import stops.opencl.BrokenDriver;
import stops.opencl.api.OwnProcess;

/** A driver that crashes on some builds only does not bring the program down. */
final class TriedEngineTest {
  private static final String SOUND = "exposure from float32 to float32:1";

  @TempDir Path folder = Path.of("");

  private Command.Result convert(String... kinds) throws Exception {
    List<String> options =
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            OwnProcess.OPTION,
            "-Xmx256m",
            "-Djava.library.path=" + System.getProperty("java.library.path"),
            "-Dstops.cache=" + folder.resolve("cache"));
    return Command.java(options, ConvertMain.class, kinds)
        .with(
            Map.of(
                "OCL_ICD_VENDORS",
                folder.resolve("vendors").toString(),
                "POCL_CACHE_DIR",
                folder.resolve("pocl").toString()))
        .run();
  }

  private void registerPicky(String crashesOn, String notIn) throws Exception {
    Path vendors = Files.createDirectory(folder.resolve("vendors"));
    BrokenDriver.registerPicky(vendors, InstalledDrivers.pocl(), crashesOn, notIn);
  }

  @ParameterizedTest
  @CsvSource({
    "-DSOURCE=16, exposure from float16 to float32:1",
    "-DTARGET=16, exposure from float32 to float16:1",
    "-DSOURCE=64, intensity from float64 to float32:1",
    "-DGAIN=1, intensity from float32 to float32 with a gain:1",
    "-DCHANNELS_ONE=0, intensity from float32 to float32:3",
    "-DALIGNED=0, intensity from float32 to float32:1"
  })
  void aCompilerThatCrashesOnSomeConversionsCrashesAChild(String crashesOn, String kind)
      throws Exception {
    registerPicky(crashesOn, "");
    for (int time = 0; time < 2; time++) {
      Command.Result result = convert(kind);
      assertEquals(0, result.status(), result.output());
      assertTrue(result.output().contains("opened "), result.output());
      assertTrue(
          result
              .output()
              .contains("is not used: its " + kind.split(":")[0] + " crashed (signal 6)"),
          result.output());
    }
  }

  @Test
  void whatAChildHasProvedIsConvertedHere() throws Exception {
    registerPicky("-DSOURCE=64", "");
    for (int time = 0; time < 2; time++) {
      Command.Result result = convert(SOUND, "intensity from float16 to float16 with a gain:3");
      assertEquals(0, result.status(), result.output());
      assertEquals(
          2,
          result.output().lines().filter(line -> line.startsWith("converted ")).count(),
          result.output());
    }
  }

  /** Such a driver passes every trial in a child. */
  @Test
  void aDriverThatCrashesTheProgramAfterItsTrialCostsOneRun() throws Exception {
    registerPicky("-DGAIN=1", "DeviceProbe");
    String gain = "exposure from float32 to float32 with a gain:1";
    assertEquals(134, convert(SOUND, gain).status());
    for (int time = 0; time < 2; time++) {
      Command.Result result = convert(SOUND, gain);
      assertEquals(0, result.status(), result.output());
      assertTrue(result.output().contains("brought the program down"), result.output());
    }
  }

  @Test
  void aDriverThatCrashesTheProgramWhenItIsLoadedCostsOneRun() throws Exception {
    registerPicky("", "DeviceProbe");
    assertEquals(134, convert(SOUND).status());
    for (int time = 0; time < 2; time++) {
      Command.Result result = convert(SOUND);
      assertEquals(0, result.status(), result.output());
      assertTrue(result.output().contains("brought the program down"), result.output());
    }
  }
}
