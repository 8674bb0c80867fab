package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.PrivateFolder;
import stops.opencl.BrokenDriver.Vice;
import stops.opencl.api.OpenClDevice;
import stops.opencl.trial.DeviceTrial;
import stops.opencl.trial.DeviceVerdict;
import stops.opencl.trial.ProbeMemory;
import stops.opencl.trial.ProbeProcess;

/**
 * Stops survives drivers that give wrong answers. The drivers are real ones, compiled for this
 * test.
 */
final class OddDriverTest {
  private static final String NO_DEVICE =
      "problem OpenCL platform 0, Broken platform, has no device\n";

  @TempDir Path folder = Path.of("");

  private String probe(Vice vice) throws Exception {
    BrokenDriver.register(folder, vice);
    return ChildJvm.run(ProbeMain.class, Map.of("OCL_ICD_VENDORS", folder.toString()), List.of());
  }

  @Test
  void whatAFailedCallFilledInIsNotUsed() throws Exception {
    assertEquals(
        "problem clGetDeviceIDs failed: CL_INVALID_DEVICE_TYPE (-31) on platform 0, Broken"
            + " platform\n",
        probe(Vice.FILLS_WHAT_FAILS));
  }

  @Test
  void devicesOfAllTypesAreAskedForWith32Bits() throws Exception {
    assertEquals("device 0:0 Broken device\n", probe(Vice.REFUSES_64_BIT_TYPES));
  }

  @Test
  void anExtensionMayBeListedTwice() throws Exception {
    assertEquals("device 0:0 Broken device\n", probe(Vice.EXTENSIONS_TWICE));
  }

  @Test
  void countsOfDevicesThatThereCannotBeAreRefused() throws Exception {
    assertEquals(
        "problem clGetDeviceIDs gave a count of 4294967295, which cannot be right, on platform 0,"
            + " Broken platform\n",
        probe(Vice.COUNTS_4294967295));
  }

  @Test
  void countsThatAreNegativeForAnIntAreRefused() throws Exception {
    assertEquals(
        "problem clGetDeviceIDs gave a count of 2147483648, which cannot be right, on platform 0,"
            + " Broken platform\n",
        probe(Vice.COUNTS_2147483648));
  }

  @Test
  void aDeviceThatIsNoneIsNoDevice() throws Exception {
    assertEquals(NO_DEVICE, probe(Vice.LISTS_NULL));
  }

  @Test
  void aSizeThatCannotBeRightIsRefused() throws Exception {
    assertEquals(
        "problem clGetDeviceInfo gave a size of 4611686018427387904 bytes, which cannot be right,"
            + " on 0:0 of Broken platform\n",
        probe(Vice.NAME_OF_4_EIB));
  }

  @Test
  void aNameThatSteersATerminalIsMadePrintable() throws Exception {
    assertEquals("device 0:0 ]0;title [2JOdd 31m device\ufffd\n", probe(Vice.NAME_STEERS));
  }

  @Test
  void aPlatformWithANameThatSteersATerminalIsMadePrintable() throws Exception {
    DeviceTrial.Answer answer = trial(Vice.PLATFORM_NAME_STEERS);
    assertEquals(
        "[2JBroken stops-probe devices {} platform",
        answer.devices().keySet().iterator().next().platformName());
  }

  @Test
  void aDriverWithAnEndlessNameIsNamedByItsLibrary() throws Exception {
    String output = probe(Vice.PLATFORM_NAME_OF_10_MB);
    assertEquals(
        "problem clGetPlatformInfo gave a size of 10485760 bytes, which cannot be right, on platform"
            + " 0 of "
            + folder.toAbsolutePath().resolve("odd-PLATFORM_NAME_OF_10_MB.so")
            + "\n",
        output);
  }

  @Test
  void whereAllOfAThousandDevicesCrashTheFirstFewTell() throws Exception {
    List<DeviceVerdict> verdicts = List.copyOf(trial(Vice.THOUSAND_CRASH).devices().values());
    assertEquals(1000, verdicts.size());
    for (int i = 0; i < 1000; i++) {
      assertEquals(
          i < 3
              ? "crashed (signal 6)"
              : "was not run after those of 3 devices of Broken platform, the last of which crashed"
                  + " (signal 6)",
          verdicts.get(i).text());
    }
  }

  @Test
  void aDeviceWithoutANameIsCalledSo() throws Exception {
    assertEquals("device 0:0 unnamed\n", probe(Vice.NAME_EMPTY));
  }

  @Test
  void absurdNumbersDoNotKeepADeviceFromTheList() throws Exception {
    assertEquals("device 0:0 Broken device\n", probe(Vice.LARGEST_NUMBERS));
  }

  @Test
  void aDeviceThatCanMakeNoBufferIsRefusedInOneLine() throws Exception {
    assertEquals(
        "OpenCL device 0:0 Broken device says that its largest buffer has 0 bytes",
        only(trial(Vice.NUMBERS_0)).text());
  }

  @Test
  void theFailedCallsOfADeviceAreAFailedSelfTest() throws Exception {
    assertEquals(
        "clCreateContext failed: CL_OUT_OF_RESOURCES (-5) on 0:0 Broken device",
        only(trial(Vice.LARGEST_NUMBERS)).text());
    assertEquals(
        "clCreateContext gave no object, which cannot be right, on 0:0 Broken device",
        only(trial(Vice.CONTEXT_OF_NOTHING)).text());
  }

  /** A trial that sees only the driver with {@code vice}. */
  private DeviceTrial.Answer trial(Vice vice) throws Exception {
    Path vendors = java.nio.file.Files.createDirectory(folder.resolve(vice.toString()));
    BrokenDriver.register(vendors, vice);
    List<String> command = new ArrayList<>(List.of("env", "OCL_ICD_VENDORS=" + vendors));
    command.addAll(ProbeProcess.command());
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    return new DeviceTrial(command, Duration.ofMinutes(1), cache, false).run();
  }

  private static DeviceVerdict only(DeviceTrial.Answer answer) {
    assertEquals(1, answer.devices().size(), answer.toString());
    return answer.devices().values().iterator().next();
  }

  @Test
  void aDeviceIsTheSameWhateverMemoryItSaysIsFree() throws Exception {
    OpenClDevice one = trial(Vice.CHANGING_MEMORY).devices().keySet().iterator().next();
    BrokenDriver.register(folder, Vice.CHANGING_MEMORY);
    String json =
        ChildJvm.run(DescribeMain.class, Map.of("OCL_ICD_VENDORS", folder.toString()), List.of());
    List<OpenClDevice> two =
        json.lines()
            .map(line -> new com.google.gson.Gson().fromJson(line, OpenClDevice.class))
            .toList();
    assertEquals(2, two.size(), json);
    assertTrue(
        two.getFirst().globalMemoryBytes() != two.getLast().globalMemoryBytes(),
        "the driver answers otherwise each time");
    for (OpenClDevice other : two) {
      assertEquals(one, other);
      assertEquals(one.hashCode(), other.hashCode());
      assertEquals(one.identity().key(), other.identity().key());
      assertEquals(ProbeMemory.key(List.of(), one), ProbeMemory.key(List.of(), other));
    }
  }
}
