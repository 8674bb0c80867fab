package stops.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.SampleType;
import stops.math.RawSamples;
import stops.opencl.api.ClException;
import stops.opencl.api.OpenClDevice;
import stops.waiting.Deadline;

/**
 * Finds the fastest kernel for a conversion: what it computes with, and its shape. Kernels that
 * pass the self-test are timed in turn, on the same samples on the device, beside a copy. If the
 * device is fast enough, the winner must agree with the kernel in integers on all samples. Confined
 * to one thread.
 */
final class KernelTuning {
  /** Samples of a measurement on a card: more than its caches hold. */
  private static final int CARD_SAMPLES = 1 << 24;

  /** Samples of a measurement on a CPU, which may have little memory. */
  private static final int CPU_SAMPLES = 1 << 22;

  /** Samples of a first look. */
  private static final int FEW_SAMPLES = 1 << 14;

  /** The least number of measurements of a kernel. */
  private static final int ROUNDS = 5;

  /** A kernel that is slower than the fastest by this factor is not run in further rounds. */
  private static final double HOPELESS = 3;

  /** A less preferred arithmetic, or another shape, must be faster by this factor. */
  private static final double TELLING_GAIN = 1.05;

  private final OpenClDevice device;
  private final Lane.LaneParts parts;
  private final SelfTest selfTest;
  private final Conversion conversion;
  private final List<Arithmetic> arithmetics;
  private final Runnable step;
  private final Limits limits;
  private @Nullable ResidentLane lane;

  /**
   * How long parts of the search may take.
   *
   * @param firstLookSeconds the first look, on a device that is worth a measurement
   * @param rounds the measurements of kernels that are timed in turn, where the first few do not
   *     confirm each other
   * @param shapes the search for a shape: after that, no further ones are tried
   * @param comparisonSeconds the comparison of all samples, if it is made
   */
  record Limits(
      double firstLookSeconds, Duration rounds, Duration shapes, double comparisonSeconds) {
    static final Limits USUAL = new Limits(0.05, Duration.ofSeconds(2), Duration.ofSeconds(2), 1);
  }

  /**
   * A search for the fastest kernel.
   *
   * @param conversion a conversion of float16 and float32 samples without a gain
   * @param arithmetics what kernels may compute with, the preferred one first
   * @param step is run after each part
   * @param limits how long it may take
   */
  KernelTuning(
      OpenClDevice device,
      Lane.LaneParts parts,
      SelfTest selfTest,
      Conversion conversion,
      List<Arithmetic> arithmetics,
      Runnable step,
      Limits limits) {
    this.device = device;
    this.parts = parts;
    this.selfTest = selfTest;
    this.conversion = conversion;
    this.arithmetics = arithmetics;
    this.step = step;
    this.limits = limits;
  }

  /**
   * The timings of all kernels that were tried and passed, the choice first. Empty if the device is
   * too slow to be measured, or no kernel passed.
   */
  List<KernelTiming> run() throws ClException {
    int sampleBytes = Math.max(conversion.source().bytes(), conversion.target().bytes());
    long room = Math.min(parts.placement().maxBytes(), device.globalMemoryBytes() / 8);
    int most = device.type() == OpenClDevice.Type.CPU ? CPU_SAMPLES : CARD_SAMPLES;
    long samples = Math.min(most, Long.highestOneBit(room / sampleBytes));
    if (samples < FEW_SAMPLES) {
      return List.of();
    }
    try (Arena arena = Arena.ofShared()) {
      Chunk chunk =
          Chunk.of(
              light(arena, samples),
              arena.allocate(samples * conversion.target().bytes(), 4096),
              samples);
      return run(chunk);
    } finally {
      discardLane();
    }
  }

  private List<KernelTiming> run(Chunk chunk) throws ClException {
    List<KernelChoice> sound = new ArrayList<>();
    for (Arithmetic arithmetic : arithmetics) {
      KernelChoice choice = KernelChoice.preferred(device, arithmetic);
      if (passes(choice, chunk)) {
        sound.add(choice);
      }
    }
    if (sound.isEmpty() || isSlow(sound.getFirst(), chunk)) {
      return List.of();
    }
    List<KernelTiming> timings = times(sound, chunk);
    KernelTiming best = best(timings);
    List<KernelTiming> shaped = shapes(best, chunk);
    KernelTiming choice = shaped.getFirst();
    Optional<KernelTiming> integers =
        timings.stream()
            .filter(timing -> timing.choice().arithmetic() == Arithmetic.INTEGER)
            .findFirst();
    if (integers.isPresent() && !agrees(choice, integers.get(), chunk)) {
      Arithmetic wrong = choice.choice().arithmetic();
      timings = timings.stream().filter(each -> each.choice().arithmetic() != wrong).toList();
      shaped = List.of(best(timings));
    }
    return sorted(shaped, timings);
  }

  /** All timings, the choice first, then the fastest. */
  private static List<KernelTiming> sorted(List<KernelTiming> shaped, List<KernelTiming> timings) {
    KernelTiming choice = shaped.getFirst();
    List<KernelTiming> all = new ArrayList<>(timings);
    all.addAll(shaped);
    List<KernelTiming> sorted = new ArrayList<>(List.of(choice));
    all.stream()
        .filter(timing -> !timing.choice().equals(choice.choice()))
        .sorted(Comparator.comparingDouble(KernelTiming::copyShare).reversed())
        .filter(timing -> sorted.stream().noneMatch(each -> each.choice().equals(timing.choice())))
        .forEach(sorted::add);
    return sorted;
  }

  /** The first timing that no other one beats clearly. */
  private static KernelTiming best(List<KernelTiming> timings) {
    double most = timings.stream().mapToDouble(KernelTiming::copyShare).max().orElseThrow();
    return timings.stream()
        .filter(timing -> timing.copyShare() * TELLING_GAIN >= most)
        .findFirst()
        .orElseThrow();
  }

  /** Timings of {@code best} and of kernels of other shapes, the best first. */
  private List<KernelTiming> shapes(KernelTiming best, Chunk chunk) throws ClException {
    Deadline end = Deadline.after(limits.shapes());
    List<KernelTiming> all = new ArrayList<>(List.of(best));
    KernelTiming found = best;
    for (int property = 0; property < 3; property++) {
      KernelChoice present = found.choice();
      List<KernelChoice> tried = new ArrayList<>(List.of(present));
      for (KernelChoice other : others(present, property)) {
        if (!end.isOver() && passes(other, chunk)) {
          tried.add(other);
        }
      }
      if (tried.size() > 1) {
        List<KernelTiming> timings = times(tried, chunk);
        all.remove(found);
        found = best(timings);
        all.addAll(timings);
      }
    }
    all.remove(found);
    all.addFirst(found);
    return all;
  }

  private List<KernelChoice> others(KernelChoice present, int property) {
    return switch (property) {
      case 0 -> present.withOtherVectors();
      case 1 -> present.withOtherSteps();
      default -> present.withOtherGroups(device.maxWorkGroupItems());
    };
  }

  /** Whether the kernel can be built and passes its self-test. */
  private boolean passes(KernelChoice choice, Chunk chunk) throws ClException {
    ResidentLane there = lane(chunk);
    boolean passed = false;
    try {
      selfTest.require(there, BoundConversion.of(conversion, choice), chunk);
      passed = true;
    } catch (WrongSampleException | ClException e) {
      // It is not chosen.
    } finally {
      if (!passed) {
        discardLane();
      }
    }
    step.run();
    return passed;
  }

  private boolean isSlow(KernelChoice choice, Chunk chunk) throws ClException {
    Chunk few = chunk.slice(conversion, 0, FEW_SAMPLES);
    ResidentLane there = lane(chunk);
    there.load(few);
    BoundConversion job = BoundConversion.of(conversion, choice);
    there.run(job, few);
    long start = System.nanoTime();
    there.run(job, few);
    return seconds(start) > limits.firstLookSeconds();
  }

  /**
   * Times kernels in turn, with a copy in each round, until the least time of each is confirmed or
   * the time for that is over.
   */
  private List<KernelTiming> times(List<KernelChoice> choices, Chunk chunk) throws ClException {
    ResidentLane there = lane(chunk);
    there.load(chunk);
    long copied = (chunk.source().byteSize() + chunk.target().byteSize()) / 2;
    List<CommandTimer> kernels = new ArrayList<>();
    for (KernelChoice choice : choices) {
      BoundConversion job = BoundConversion.of(conversion, choice);
      kernels.add(new CommandTimer(there, () -> there.start(job, chunk, there.target())));
    }
    double least = kernels.stream().mapToDouble(CommandTimer::best).min().orElseThrow();
    List<CommandTimer> likely =
        kernels.stream().filter(kernel -> kernel.best() < HOPELESS * least).toList();
    CommandTimer copy = new CommandTimer(there, () -> there.copy(copied));
    Deadline end = Deadline.after(limits.rounds());
    for (int round = 0; round < ROUNDS || !end.isOver(); round++) {
      copy.run();
      for (CommandTimer kernel : likely) {
        kernel.run();
      }
      if (round >= ROUNDS
          && copy.isConfirmed()
          && likely.stream().allMatch(CommandTimer::isConfirmed)) {
        break;
      }
    }
    step.run();
    List<KernelTiming> timings = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      timings.add(new KernelTiming(choices.get(i), copy.best() / kernels.get(i).best()));
    }
    return timings;
  }

  private static double seconds(long start) {
    return Math.max(1, System.nanoTime() - start) * 1e-9;
  }

  /** Whether two kernels agree on all samples, or the device is too slow to tell. */
  private boolean agrees(KernelTiming one, KernelTiming integers, Chunk chunk) throws ClException {
    if (one.choice().arithmetic() == Arithmetic.INTEGER) {
      return true;
    }
    long all = PatternComparison.all(conversion.source());
    ResidentLane there = lane(chunk);
    there.load(chunk);
    double seconds = 0;
    for (KernelChoice choice : List.of(one.choice(), integers.choice())) {
      BoundConversion job = BoundConversion.of(conversion, choice);
      long start = System.nanoTime();
      there.run(job, chunk);
      seconds += seconds(start) / chunk.samples() * all;
    }
    if (seconds > limits.comparisonSeconds()) {
      return true;
    }
    Chunk piece = chunk.slice(conversion, 0, Math.min(all, chunk.samples()));
    boolean agree =
        new PatternComparison(there, conversion).agree(one.choice(), integers.choice(), all, piece);
    step.run();
    return agree;
  }

  private ResidentLane lane(Chunk chunk) throws ClException {
    ResidentLane there = lane;
    if (there == null) {
      there =
          new ResidentLane(parts, Math.max(chunk.source().byteSize(), chunk.target().byteSize()));
      lane = there;
    }
    return there;
  }

  private void discardLane() {
    if (lane != null) {
      lane.close();
      lane = null;
    }
  }

  /** Light from 8 stops below 1 to 8 above, as intensities or as exposures. */
  private MemorySegment light(Arena arena, long samples) {
    SampleType type = conversion.source();
    MemorySegment memory = arena.allocate(samples * type.bytes(), 4096);
    SplittableRandom random = new SplittableRandom(11);
    for (long i = 0; i < samples; i++) {
      float value =
          conversion.direction() == Direction.TO_EXPOSURE
              ? Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, random.nextInt(-8, 8))
              : random.nextInt(-(1 << 23), 1 << 23) * 0x1p-20f;
      RawSamples.put(
          memory,
          type,
          i,
          type == SampleType.FLOAT16
              ? Float.floatToFloat16(value)
              : Float.floatToRawIntBits(value));
    }
    return memory;
  }
}
