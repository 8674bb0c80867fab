package stops.opencl.trial;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.SampleType;
import stops.opencl.ConversionKind;
import stops.opencl.OpenCl;
import stops.opencl.api.OpenClDevice;

/**
 * What a device does in a child process before it does the same in this one: whatever the program
 * uses, so that no driver's code runs here for the first time.
 *
 * @param name the name, by which it is remembered
 * @param work the calls
 */
record Proof(String name, Work work) {
  /** Opens an engine, which includes its self-test. */
  static final Proof OPEN = new Proof("self-test", (openCl, device, step) -> openCl.prove(device));

  /** Runs the device's built-in functions. */
  static final Proof BUILTIN = new Proof("built-in functions", Proof::builtin);

  /** More samples than a work-group has on any device, and not a multiple of its vectors. */
  private static final int SAMPLES = 4099;

  private static final int CHANNELS = 3;
  private static final String TUNING = "measurement of ";
  private static final long PAGE_BYTES = 4096;

  /** The calls of a proof. */
  @FunctionalInterface
  interface Work {

    /**
     * Makes the calls.
     *
     * @param step is run after each part
     * @return the result on one line, for people
     */
    String run(OpenCl openCl, OpenClDevice device, Runnable step) throws EngineFailure;
  }

  String run(OpenCl openCl, OpenClDevice device, Runnable step) throws EngineFailure {
    return work.run(openCl, device, step);
  }

  /** Runs all builds of the kernel that conversions of this kind use. */
  static Proof of(ConversionKind kind) {
    return new Proof(
        kind.text(),
        (openCl, device, step) -> {
          builds(openCl, device, kind.example(), step);
          // The second engine loads the programs that the first one stored, as the parent will.
          builds(openCl, device, kind.example(), step);
          return device.id() + " passed " + kind.text();
        });
  }

  /** Finds out which kernel is the fastest for conversions of this kind. */
  static Proof tuning(ConversionKind kind) {
    return new Proof(
        TUNING + kind.text(),
        (openCl, device, step) -> {
          openCl.tune(device, kind, step);
          return device.id() + " was measured";
        });
  }

  /** The proof of this name; empty if there is none. */
  static Optional<Proof> read(String name) {
    if (name.equals(OPEN.name)) {
      return Optional.of(OPEN);
    }
    if (name.equals(BUILTIN.name)) {
      return Optional.of(BUILTIN);
    }
    return name.startsWith(TUNING)
        ? ConversionKind.read(name.substring(TUNING.length())).map(Proof::tuning)
        : ConversionKind.read(name).map(Proof::of);
  }

  private static void builds(
      OpenCl openCl, OpenClDevice device, Conversion conversion, Runnable step)
      throws EngineFailure {
    try (Engine engine = openCl.open(device)) {
      step.run();
      for (boolean aligned : List.of(true, false)) {
        for (int channels : List.of(1, CHANNELS)) {
          engine.convert(conversion, chunk(conversion, channels, aligned));
          step.run();
        }
      }
    }
  }

  private static String builtin(OpenCl openCl, OpenClDevice device, Runnable step)
      throws EngineFailure {
    try (Engine engine = openCl.openBuiltin(device)) {
      for (Direction direction : Direction.MAPS) {
        Conversion conversion = Conversion.of(direction, SampleType.FLOAT32, SampleType.FLOAT32);
        engine.convert(conversion, chunk(conversion, 1, true));
        step.run();
      }
      return device.id() + " ran its built-in functions";
    }
  }

  private static Chunk chunk(Conversion conversion, int channels, boolean aligned) {
    return new Chunk(
        memory(conversion.source(), aligned),
        memory(conversion.target(), aligned),
        SAMPLES,
        channels,
        0);
  }

  /** Memory for the samples, aligned to whole vectors or one sample off that alignment. */
  private static MemorySegment memory(SampleType type, boolean aligned) {
    long sizeBytes = (long) SAMPLES * type.bytes();
    return Arena.ofAuto()
        .allocate(sizeBytes + type.bytes(), PAGE_BYTES)
        .asSlice(aligned ? 0 : type.bytes(), sizeBytes);
  }
}
