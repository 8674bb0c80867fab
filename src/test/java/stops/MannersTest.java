package stops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.opencl.BrokenDriver;
import stops.opencl.TestDevice;
import stops.opencl.api.DriverFolder;

/** Stops leaves the global state of a program unchanged, with any drivers. */
final class MannersTest {
  private static final List<String> NATIVE = List.of("--enable-native-access=ALL-UNNAMED");

  @TempDir Path folder = Path.of("");

  private String use(List<String> options, Map<String, String> environment) throws Exception {
    return use(System.getProperty("java.library.path"), options, environment);
  }

  private String use(String libraries, List<String> options, Map<String, String> environment)
      throws Exception {
    Required.machine(Files.isDirectory(Path.of("/proc/self")), "the system is not Linux");
    Path temporary = folder.resolve("tmp");
    Path files = folder.resolve("files");
    Files.createDirectories(temporary);
    Files.createDirectories(files);
    List<String> flags = new ArrayList<>(options);
    flags.addAll(
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Djava.library.path=" + libraries,
            "-Djava.io.tmpdir=" + temporary,
            "-Dstops.cache=" + folder.resolve("cache")));
    return Command.java(flags, MannersMain.class, "all", files.toString())
        .with(environment)
        .output();
  }

  private static void assertNothingChanged(String output) {
    assertFalse(
        output.lines().anyMatch(line -> line.matches("(changed|set|removed|fault).*")), output);
  }

  private static void assertUsesAllDevices(String output) {
    TestDevice.openCl()
        .devices()
        .forEach(device ->
            assertTrue(output.contains("engine " + device.id() + " " + device.name()), output));
  }

  @Test
  void nothingOfTheProcessChanges() throws Exception {
    for (int time = 0; time < 2; time++) {
      String output = use(NATIVE, Map.of());
      assertNothingChanged(output);
      assertUsesAllDevices(output);
    }
  }

  @Test
  void whereJavaDoesNotFindTheBindingsLibraryTheProgramLearnsHowToStart() throws Exception {
    String output = use(folder.toString(), NATIVE, Map.of());
    assertNothingChanged(output);
    assertEquals(1, output.lines().filter(line -> line.startsWith("engine ")).count(), output);
    Matcher advice =
        Pattern.compile("start it with -Djava\\.library\\.path=(\\S*/native)").matcher(output);
    assertTrue(advice.find(), output);
    String better = use(advice.group(1), NATIVE, Map.of());
    assertNothingChanged(better);
    assertUsesAllDevices(better);
  }

  /** Leaving out a driver requires an environment variable. Only the program may set it. */
  @Test
  void whereADriverCrashesTheProgramLearnsHowToUseTheOthers() throws Exception {
    Path vendors = Files.createDirectory(folder.resolve("vendors"));
    addInstalledDrivers(vendors);
    BrokenDriver.register(vendors, BrokenDriver.Moment.SEARCH, BrokenDriver.Fault.CRASH);
    for (int time = 0; time < 2; time++) {
      String output = use(NATIVE, Map.of("OCL_ICD_VENDORS", vendors.toString()));
      assertNothingChanged(output);
      assertEquals(1, output.lines().filter(line -> line.startsWith("engine ")).count(), output);
      assertTrue(output.contains("is left out: it crashed (signal 6)"), output);
      Matcher advice = Pattern.compile("start Java with OCL_ICD_VENDORS=(\\S+)").matcher(output);
      assertTrue(advice.find(), output);
      String better = use(NATIVE, Map.of("OCL_ICD_VENDORS", advice.group(1)));
      assertNothingChanged(better);
      assertUsesAllDevices(better);
    }
  }

  @Test
  void whereJavaAllowsNoNativeAccessTheCpuDoesTheWorkAndTheReasonSaysSo() throws Exception {
    List<String> flags = List.of("--illegal-native-access=deny");
    String output = use(flags, Map.of());
    assertNothingChanged(output);
    assertEquals(1, output.lines().filter(line -> line.startsWith("engine ")).count(), output);
    assertTrue(output.contains("start it with --enable-native-access=ALL-UNNAMED"), output);
  }

  private static void addInstalledDrivers(Path vendors) throws IOException {
    Required.machine(
        Files.isDirectory(DriverFolder.path()), "drivers are not registered in files here");
    try (var files = Files.newDirectoryStream(DriverFolder.path(), "*.icd")) {
      for (Path file : files) {
        Files.copy(file, vendors.resolve("installed-" + file.getFileName()));
      }
    }
  }
}
