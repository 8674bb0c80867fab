package stops.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import stops.cache.PrivateFolder;
import stops.cache.ThisMachine;
import stops.cpu.CpuEngine;
import stops.engine.EngineFailure;
import stops.engine.pool.EnginePolicy;
import stops.engine.pool.EnginePool;
import stops.engine.pool.PoolLimits;
import stops.engine.pool.PoolMember;
import stops.opencl.api.OpenClDevice;

/**
 * The devices that a user asked for. Immutable and thread-safe.
 *
 * <ul>
 *   <li>{@code auto}: the CPU engine, or a GPU or accelerator that is expected to be faster. OpenCL
 *       drivers that compute on the CPU are not considered.
 *   <li>{@code cpu}: the CPU engine.
 *   <li>{@code opencl}: one OpenCL device: a GPU, else an accelerator, else a CPU driver.
 *   <li>{@code all}: every OpenCL device that proves itself, and the CPU engine, together. A card
 *       that several drivers serve works once.
 *   <li>{@code P:D}: OpenCL device D of platform P.
 *   <li>any other text: every OpenCL device whose name, vendor, platform or driver version contains
 *       it, in upper or lower case.
 * </ul>
 *
 * Several choices, separated by commas, work together; {@code auto} stands alone.
 */
public final class DeviceChoice {
  private static final Pattern ID = Pattern.compile("\\d+:\\d+");

  private final List<String> names;
  private final Supplier<Devices> devices;
  private final SpeedStore speeds;

  private DeviceChoice(List<String> names, Supplier<Devices> devices, SpeedStore speeds) {
    this.names = names;
    this.devices = devices;
    this.speeds = speeds;
  }

  /**
   * The devices that {@code text} names.
   *
   * @throws IllegalArgumentException if the text names nothing
   */
  public static DeviceChoice of(String text) {
    return of(text, ProbedDevices::new, new SpeedFolder(PrivateFolder.ofUser()));
  }

  static DeviceChoice of(String text, Supplier<Devices> devices, SpeedStore speeds) {
    List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
    if (names.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "'%s' names no device: auto, cpu, all, opencl, P:D or a part of a name",
              text));
    }
    if (names.size() > 1 && names.stream().anyMatch("auto"::equalsIgnoreCase)) {
      throw new IllegalArgumentException("auto cannot be combined with other devices: " + text);
    }
    return new DeviceChoice(names, devices, speeds);
  }

  /**
   * The engines of these devices, ready to convert. The caller closes them.
   *
   * @throws DeviceUnavailable if a device that was named is absent or cannot be used
   */
  public EnginePool open() throws DeviceUnavailable {
    return open(devices.get(), speeds);
  }

  /** These devices among {@code devices}, whose speeds are kept in {@code speeds}. */
  EnginePool open(Devices devices, SpeedStore speeds) throws DeviceUnavailable {
    if (names.getFirst().equalsIgnoreCase("auto")) {
      CpuEngine cpu = CpuEngine.create();
      String name = cpu.engine().info().name() + cpu.whyScalar().map(why -> ", " + why).orElse("");
      Calibration calibration =
          new Calibration(ThisMachine.key(), CpuEngine.create().engine(), speeds);
      return pool(
          List.of(new PoolMember(cpu.engine(), "auto")),
          new AutoPolicy(cpu.engine(), name, devices, calibration));
    }
    return pool(members(devices), EnginePolicy.all());
  }

  /**
   * The engines of these devices, each by itself. The caller closes every one. {@code auto} means
   * all devices here.
   *
   * @throws DeviceUnavailable if a device that was named is absent or cannot be used
   */
  public List<PoolMember> engines() throws DeviceUnavailable {
    return members(devices.get());
  }

  /** The same for choices of the same devices that differ in upper and lower case. */
  List<String> key() {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private List<PoolMember> members(Devices devices) throws DeviceUnavailable {
    Map<String, PoolMember> members = new LinkedHashMap<>();
    boolean opened = false;
    try {
      for (String name : names) {
        open(name.toLowerCase(Locale.ROOT), devices, members);
      }
      opened = true;
      return List.copyOf(members.values());
    } finally {
      if (!opened) {
        members.values().forEach(member -> member.engine().close());
      }
    }
  }

  private static EnginePool pool(List<PoolMember> members, EnginePolicy policy) {
    return new EnginePool(CpuEngine.create().engine(), members, policy, PoolLimits.DEFAULT);
  }

  private static PoolMember cpu(String reason) {
    CpuEngine cpu = CpuEngine.create();
    return new PoolMember(cpu.engine(), reason + cpu.whyScalar().map(why -> "; " + why).orElse(""));
  }

  private static void open(String name, Devices devices, Map<String, PoolMember> members)
      throws DeviceUnavailable {
    String reason = askedFor(name);
    switch (name) {
      case "cpu" -> members.computeIfAbsent("cpu", id -> cpu(reason));
      case "opencl" -> openAny(byKind(devices.all()), 1, name, devices, members);
      case "all", "auto" -> {
        List<String> failures = new ArrayList<>();
        boolean some = openEach(devices.all(), Integer.MAX_VALUE, name, devices, members, failures);
        String why = some ? reason : reason + withoutDevice(devices.problems(), failures);
        members.computeIfAbsent("cpu", id -> cpu(why));
      }
      default ->
          openAny(
              devices.all().stream().filter(device -> matches(device, name)).toList(),
              Integer.MAX_VALUE,
              name,
              devices,
              members);
    }
  }

  /** Why the CPU is alone. */
  private static String withoutDevice(List<String> problems, List<String> failures) {
    List<String> all = new ArrayList<>(problems);
    all.addAll(failures);
    return all.isEmpty() ? "" : "; no OpenCL device: " + String.join("; ", all);
  }

  private static List<OpenClDevice> byKind(List<OpenClDevice> devices) {
    return Stream.of(OpenClDevice.Type.GPU, OpenClDevice.Type.ACCELERATOR, OpenClDevice.Type.CPU)
        .flatMap(type -> devices.stream().filter(device -> device.type() == type))
        .toList();
  }

  private static boolean matches(OpenClDevice device, String name) {
    if (ID.matcher(name).matches()) {
      return device.id().equals(name);
    }
    return Stream.of(
            device.name(), device.vendor(), device.platformName(), device.platformVersion())
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(name));
  }

  /** Opens up to {@code most} of {@code candidates}; fails if none can be opened. */
  private static void openAny(
      List<OpenClDevice> candidates,
      int most,
      String name,
      Devices devices,
      Map<String, PoolMember> members)
      throws DeviceUnavailable {
    List<String> failures = new ArrayList<>();
    if (!openEach(candidates, most, name, devices, members, failures)) {
      throw new DeviceUnavailable(
          failures.isEmpty()
              ? String.format(Locale.ROOT, "no OpenCL device '%s': %s", name, present(devices))
              : String.format(
                  Locale.ROOT,
                  "no OpenCL device '%s' can be used: %s",
                  name,
                  String.join("; ", failures)));
    }
  }

  private static boolean openEach(
      List<OpenClDevice> candidates,
      int most,
      String name,
      Devices devices,
      Map<String, PoolMember> members,
      List<String> failures) {
    String reason = askedFor(name);
    boolean exact = ID.matcher(name).matches();
    int open = 0;
    for (OpenClDevice device : candidates) {
      if (open < most) {
        if (members.containsKey(device.id()) || (!exact && isCardOpen(device, devices, members))) {
          open++;
          continue;
        }
        try {
          String why = failures.isEmpty() ? reason : reason + "; " + String.join("; ", failures);
          members.put(device.id(), new PoolMember(devices.open(device), why));
          open++;
        } catch (EngineFailure e) {
          failures.add(String.valueOf(e.getMessage()));
        }
      }
    }
    return open > 0;
  }

  private static String askedFor(String name) {
    return "asked for by '" + name + "'";
  }

  /** Whether the card is open through another driver. */
  private static boolean isCardOpen(
      OpenClDevice device, Devices devices, Map<String, PoolMember> members) {
    return devices.all().stream()
        .anyMatch(other -> members.containsKey(other.id()) && other.isCardOf(device));
  }

  /** The devices that there are, or why there are none. */
  private static String present(Devices devices) {
    List<String> parts = new ArrayList<>(devices.problems());
    if (!devices.all().isEmpty()) {
      parts.addFirst(
          "there is "
              + String.join(", ", devices.all().stream().map(OpenClDevice::label).toList()));
    }
    return parts.isEmpty() ? "there is none" : String.join("; ", parts);
  }
}
