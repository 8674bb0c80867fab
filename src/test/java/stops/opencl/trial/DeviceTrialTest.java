package stops.opencl.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;
import stops.Required;
import stops.cache.PrivateFolder;
import stops.engine.EngineFailure;
import stops.opencl.BrokenDriver;
import stops.opencl.ChildJvm;
import stops.opencl.OpenCl;
import stops.opencl.TestDevice;
import stops.opencl.api.DriverFolder;
import stops.opencl.api.OpenClDevice;
import stops.opencl.trial.DeviceVerdict.Outcome;

/**
 * A driver that crashes or hangs does not crash or hang a command. The drivers are real ones,
 * compiled for this test.
 */
final class DeviceTrialTest {
  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final Path DRIVERS = DriverFolder.path();

  @TempDir Path folder = Path.of("");

  /** Runs a trial in a process whose drivers are those of {@link #folder}. Returns its output. */
  private String trial() throws Exception {
    return ChildJvm.run(
        TrialMain.class,
        Map.of("OCL_ICD_VENDORS", folder.toString()),
        List.of("-Dstops.cache=" + folder.resolve("cache")));
  }

  /** The command line of a child whose drivers are those of {@link #folder}. */
  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("env", "OCL_ICD_VENDORS=" + folder));
    command.addAll(ProbeProcess.command());
    return command;
  }

  private DeviceTrial.Answer run(boolean again) throws InterruptedException {
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    return new DeviceTrial(command(), LIMIT, cache, again).run();
  }

  /** Registers the drivers that are installed on this machine, at least one. */
  private void addInstalledDrivers() throws IOException {
    OpenCl here = TestDevice.openCl();
    Required.machine(Files.isDirectory(DRIVERS), "drivers are not registered in files here");
    try (var files = Files.newDirectoryStream(DRIVERS, "*.icd")) {
      for (Path file : files) {
        Files.copy(file, folder.resolve("installed-" + file.getFileName()));
      }
    }
    assertFalse(here.devices().isEmpty());
  }

  private static List<OpenClDevice> installed() {
    return TestDevice.openCl().devices();
  }

  @Test
  void aChildFindsTheSameDevicesAndTheyProveThemselves() throws Exception {
    OpenCl here = TestDevice.openCl();
    DeviceTrial.Answer there = new DeviceTrial(Duration.ofMinutes(1), false).run();
    assertEquals(here.devices(), List.copyOf(there.devices().keySet()));
    assertEquals(here.problems(), there.problems());
    for (DeviceVerdict verdict : there.devices().values()) {
      assertEquals(Outcome.PASSED, verdict.outcome(), verdict.text());
    }
  }

  @Test
  void theKernelsOfADeviceAreMeasuredOnceOrWhenAskedAgain() throws Exception {
    addInstalledDrivers();
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    Measured first = measured(cache, false);
    assertTrue(first.text.contains("; exposure from float32 to float32: "), first.text);
    assertTrue(first.text.contains("; intensity from float32 to "), first.text);
    assertEquals(first, measured(cache, false));
    Measured again = measured(cache, true);
    assertTrue(again.text.contains("; exposure from float32 to float32: "), again.text);
    assertEquals(first.files.keySet(), again.files.keySet());
    again.files.forEach((file, time) -> assertNotEquals(first.files.get(file), time, file));
  }

  /** What is said of the device, and when each stored choice was written. */
  private record Measured(String text, Map<String, FileTime> files) {}

  private Measured measured(PrivateFolder cache, boolean again) throws Exception {
    List<String> command = command();
    command.add(command.indexOf(DeviceProbe.class.getName()), "-Dstops.cache=" + folder + "/cache");
    DeviceTrial.Answer answer =
        new DeviceTrial(command, Duration.ofMinutes(1), cache, again).measure();
    DeviceVerdict verdict = answer.devices().get(TestDevice.of(TestDevice.openCl()));
    Map<String, FileTime> times = new TreeMap<>();
    try (var files = Files.list(folder.resolve("cache").resolve("choices"))) {
      for (Path file : files.toList()) {
        times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return new Measured(verdict == null ? "none" : verdict.text(), times);
  }

  @Test
  void anInterruptedCallerLeavesNoChildBehind() throws Exception {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> run(false));
    Await.until(
        "the child has ended", () -> ProcessHandle.current().children().findAny().isEmpty());
  }

  @Test
  void whetherThereAreOnlyCpusIsFoundInAChild() throws Exception {
    addInstalledDrivers();
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    boolean cpus = installed().stream().allMatch(d -> d.type() == OpenClDevice.Type.CPU);
    for (int i = 0; i < 2; i++) {
      var found = new DeviceTrial(command(), LIMIT, cache, false).nothingButCpus();
      assertEquals(cpus, found.isPresent(), found.toString());
    }
    BrokenDriver.register(folder, BrokenDriver.Moment.SELF_TEST, BrokenDriver.Fault.CRASH);
    PrivateFolder other = new PrivateFolder(folder.resolve("other"));
    for (int i = 0; i < 2; i++) {
      var found = new DeviceTrial(command(), LIMIT, other, false).nothingButCpus();
      assertEquals(Optional.empty(), found);
    }
  }

  @Test
  void aDeviceThatCrashesInItsSelfTestIsNamedAndTheOthersAreStillTried() throws Exception {
    addInstalledDrivers();
    BrokenDriver.register(folder, BrokenDriver.Moment.SELF_TEST, BrokenDriver.Fault.CRASH);
    DeviceTrial.Answer answer = run(false);
    assertEquals(installed().size() + 1, answer.devices().size(), answer.toString());
    answer
        .devices()
        .forEach((device, verdict) ->
            assertEquals(
                device.name().equals(BrokenDriver.DEVICE) ? Outcome.CRASHED : Outcome.PASSED,
                verdict.outcome(),
                device + ": " + verdict));
    assertTrue(answer.devices().toString().contains("crashed (signal 6)"), answer.toString());
  }

  @Test
  void aDeviceThatHangsInItsSelfTestIsGivenUp() throws Exception {
    BrokenDriver.register(folder, BrokenDriver.Moment.SELF_TEST, BrokenDriver.Fault.HANG);
    DeviceVerdict verdict = run(false).devices().values().iterator().next();
    assertEquals(Outcome.TIMED_OUT, verdict.outcome());
    assertTrue(verdict.text().startsWith("gave no answer within 4.0 s"), verdict.text());
  }

  @Test
  void whatBroughtAChildDownIsRememberedUntilItIsTriedAgain() throws Exception {
    BrokenDriver.register(folder, BrokenDriver.Moment.SELF_TEST, BrokenDriver.Fault.CRASH);
    DeviceVerdict first = run(false).devices().values().iterator().next();
    // If the driver were tried again, this child would report that it is sound.
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    List<String> changed = List.of("sh", "-c", childThatFinds(first(run(false))));
    DeviceVerdict second =
        new DeviceTrial(changed, LIMIT, cache, false).run().devices().values().iterator().next();
    assertTrue(second.text().startsWith(first.text() + " at 20"), second.text());
    DeviceVerdict third =
        new DeviceTrial(changed, LIMIT, cache, true).run().devices().values().iterator().next();
    assertEquals(Outcome.PASSED, third.outcome());
    DeviceVerdict fourth =
        new DeviceTrial(changed, LIMIT, cache, false).run().devices().values().iterator().next();
    assertEquals(Outcome.PASSED, fourth.outcome());
  }

  private static OpenClDevice first(DeviceTrial.Answer answer) {
    return answer.devices().keySet().iterator().next();
  }

  /** A shell script that acts as a child that finds {@code device}, which passes its self-test. */
  private static String childThatFinds(OpenClDevice device) {
    String found =
        new com.google.gson.Gson().toJson(new DeviceProbe.Found(List.of(device), List.of(), true));
    return childThatSays(DeviceProbe.DEVICES + found)
        + "read request; "
        + saying(DeviceProbe.VERDICT + "{\"outcome\":\"PASSED\",\"text\":\"passed\"}");
  }

  /** A shell script that acts as a child with this answer to the search for devices. */
  private static String childThatSays(String answer) {
    return "read word; " + saying(DeviceProbe.READY) + saying(answer);
  }

  private static String saying(String answer) {
    return String.format(
        Locale.ROOT, "printf '%%s%%s %%s\\n' '%s' \"$word\" '%s'; ", DeviceProbe.PREFIX, answer);
  }

  @Test
  void aProcessLeavesOutTheDriverThatCrashesAndUsesTheOthers() throws Exception {
    addInstalledDrivers();
    Path library =
        BrokenDriver.register(folder, BrokenDriver.Moment.SEARCH, BrokenDriver.Fault.CRASH);
    for (int time = 0; time < 2; time++) {
      String output = trial();
      assertTrue(
          output.startsWith("problem OpenCL driver " + library), "time " + time + ": " + output);
      assertTrue(output.contains("is left out: it crashed (signal 6)"), output);
      for (OpenClDevice device : installed()) {
        assertTrue(output.contains("usable " + device.name() + "\n"), output);
      }
    }
  }

  @Test
  void aProcessDoesNotUseTheDeviceThatHangs() throws Exception {
    BrokenDriver.register(folder, BrokenDriver.Moment.SELF_TEST, BrokenDriver.Fault.HANG);
    String output = trial();
    assertTrue(output.startsWith("device " + BrokenDriver.DEVICE), output);
    assertTrue(output.contains("its self-test gave no answer within 4.0 s"), output);
  }

  @Test
  void aDriverThatHangsWhenAskedForDevicesIsLeftOut() throws Exception {
    BrokenDriver.register(folder, BrokenDriver.Moment.SEARCH, BrokenDriver.Fault.HANG);
    String output = trial();
    assertTrue(output.startsWith("problem OpenCL driver "), output);
    assertTrue(output.contains("it gave no answer within 4.0 s"), output);
    assertFalse(output.contains("\ndevice "), output);
  }

  @Test
  void whereNoChildCanBeStartedThatIsAProblemOfTheSearch() throws Exception {
    for (List<String> command : List.of(List.of("/nowhere/java"), List.of("true"))) {
      PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
      DeviceTrial.Answer answer = new DeviceTrial(command, LIMIT, cache, false).run();
      assertEquals(Map.of(), answer.devices());
      assertTrue(
          answer.problems().getFirst().startsWith("OpenCL devices cannot be looked for: "),
          answer.toString());
    }
  }

  /** What cannot be tried in another process must not be tried in this one. */
  @Test
  void whereNoChildCanBeStartedNoDriverIsLoadedHere() throws Exception {
    OpenClDevice device = installed().getFirst();
    for (List<String> command :
        List.of(
            List.of("/nowhere/java"),
            List.of("true"),
            List.of("sh", "-c", childThatSays("hello")),
            List.of("sh", "-c", childThatSays(DeviceProbe.DEVICES + "{}")))) {
      PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
      DeviceTrial trial = new DeviceTrial(command, LIMIT, cache, false);
      OpenCl openCl = trial.openCl().get();
      assertEquals(List.of(), openCl.devices());
      assertFalse(openCl.isLoaded());
      assertFalse(openCl.problems().isEmpty());
      EngineFailure refused = assertThrows(EngineFailure.class, () -> trial.require(device));
      assertTrue(String.valueOf(refused.getMessage()).contains(device.label()));
    }
  }

  @Test
  void aDeviceThatTheChildDoesNotFindIsNotUsed() throws Exception {
    OpenClDevice device = installed().getFirst();
    String found = "{\"devices\":[],\"problems\":[],\"loaded\":true}";
    List<String> command = List.of("sh", "-c", childThatSays(DeviceProbe.DEVICES + found));
    DeviceTrial trial =
        new DeviceTrial(command, LIMIT, new PrivateFolder(folder.resolve("cache")), false);
    EngineFailure refused = assertThrows(EngineFailure.class, () -> trial.require(device));
    assertEquals(
        "OpenCL device "
            + device.label()
            + " is not used: the process that was to try it did not find it",
        refused.getMessage());
  }

  @Test
  void textsFromAChildArePrintable() throws Exception {
    String answer =
        DeviceProbe.DEVICES + "{\"devices\":[],\"problems\":[\"\\u001b[2Ja\\nb\"],\"loaded\":true}";
    try (ProbeProcess child =
        ProbeProcess.start(List.of("sh", "-c", childThatSays(answer)), Map.of(), LIMIT)) {
      assertTrue(child.begins());
      assertEquals(List.of("[2Ja b"), java.util.Objects.requireNonNull(child.devices()).problems());
    }
    assertEquals("a b", new DeviceVerdict(Outcome.FAILED, "a\r\n\033b").text());
  }

  @Test
  void anAnswerThatIsNoneIsAFault() throws Exception {
    for (String answer :
        List.of(
            "",
            "hello",
            "devices",
            DeviceProbe.DEVICES + "{",
            DeviceProbe.DEVICES + "{}",
            DeviceProbe.DEVICES + "null",
            DeviceProbe.DEVICES + "[[[",
            DeviceProbe.DEVICES + "{\"devices\":[null],\"problems\":[null]}",
            DeviceProbe.DEVICES + "{\"devices\":[{}],\"problems\":[]}")) {
      List<String> command = List.of("sh", "-c", childThatSays(answer));
      try (ProbeProcess child = ProbeProcess.start(command, Map.of(), LIMIT)) {
        assertTrue(child.begins());
        assertEquals(Optional.empty(), Optional.ofNullable(child.devices()), answer);
        assertEquals(Outcome.CRASHED, child.fault().outcome());
      }
    }
  }

  @Test
  void whatBroughtADeviceDownIsKnownThoughItsMemoryChanges() throws Exception {
    BrokenDriver.register(folder, BrokenDriver.Vice.CHANGING_MEMORY);
    PrivateFolder cache = new PrivateFolder(folder.resolve("cache"));
    OpenClDevice device = first(run(false));
    List<String> falls =
        List.of(
            "sh",
            "-c",
            childThatFinds(device)
                .replaceFirst("read request;.*", "read request || exit 0; exit 1"));
    DeviceVerdict fault =
        new DeviceTrial(falls, LIMIT, cache, false).run().devices().values().iterator().next();
    assertEquals(Outcome.CRASHED, fault.outcome());
    DeviceTrial.Answer later = run(false);
    assertEquals(device, first(later));
    assertTrue(first(later).globalMemoryBytes() != device.globalMemoryBytes());
    DeviceVerdict remembered = later.devices().values().iterator().next();
    assertTrue(remembered.text().startsWith(fault.text() + " at 20"), remembered.text());
  }

  @Test
  void filesThatNameNoDriverAreNamedAndHarmNobody() throws Exception {
    addInstalledDrivers();
    Path cache = folder.resolve("cache");
    assertEquals(0, new ProcessBuilder("mkfifo", folder + "/pipe.icd").start().waitFor());
    Files.createSymbolicLink(folder.resolve("dangling.icd"), folder.resolve("nothing"));
    Files.createDirectory(folder.resolve("folder.icd"));
    try (var large = new java.io.RandomAccessFile(folder + "/large.icd", "rw")) {
      large.setLength(3L << 30);
    }
    String output = trial();
    for (String file : List.of("pipe", "dangling", "folder", "large")) {
      assertTrue(
          output.contains("problem " + folder.resolve(file + ".icd") + " names no OpenCL driver: "),
          output);
    }
    for (OpenClDevice device : installed()) {
      assertTrue(output.contains("usable " + device.name() + "\n"), output);
    }
    assertTrue(Files.isDirectory(cache));
  }

  @Test
  void aChildThatHangsIsEnded() throws Exception {
    ProcessHandle handle;
    try (ProbeProcess child =
        ProbeProcess.start(
            List.of("sh", "-c", "read word; " + saying(DeviceProbe.READY) + "exec sleep 1000"),
            Map.of(),
            Duration.ofMillis(200))) {
      assertTrue(child.begins());
      assertEquals(Optional.empty(), Optional.ofNullable(child.devices()));
      assertEquals("gave no answer within 0.2 s", child.fault().text());
      handle = child.handle();
    }
    assertEquals(handle, handle.onExit().join());
  }
}
