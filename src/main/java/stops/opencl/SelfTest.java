package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.math.KnownAnswers;
import stops.opencl.api.ClException;
import stops.opencl.api.Surroundings;

/**
 * Tests every build of the kernel on {@link KnownAnswers} before its results are used. A pass is
 * stored for the device, the driver and its settings, and the kernel's source, until a fault
 * occurs. Thread-safe.
 */
final class SelfTest {
  private static final String FOLDER = "verdicts";
  private static final byte[] PASSED = "passed".getBytes(UTF_8);
  private static final int CHANNELS = 3;

  /** The size of the largest vector in bytes: 16 float64 samples. */
  private static final long ALIGNMENT_BYTES = 128;

  private final ProgramStore programs;
  private final PrivateFolder cache;
  private final boolean required;

  /** The driver's settings and the visible system, which may change the code that it compiles. */
  private final String surroundings = Surroundings.text();

  private final Set<Variant> passed = new HashSet<>();

  /** A self-test of the kernels of {@code programs}. Unless {@code required}, everything passes. */
  SelfTest(ProgramStore programs, PrivateFolder cache, boolean required) {
    this.required = required;
    this.programs = programs;
    this.cache = cache;
  }

  /**
   * Tests the kernel that {@code lane} would run for {@code chunk}, unless it has passed before.
   *
   * @throws WrongSampleException if a result is wrong; the message names the first one
   */
  synchronized void require(Lane lane, BoundConversion job, Chunk chunk)
      throws ClException, WrongSampleException {
    Variant variant = lane.variant(job, chunk);
    if (!required || passed.contains(variant)) {
      return;
    }
    String name = name(variant);
    Optional<byte[]> verdict = cache.get(FOLDER, name).flatMap(Fingerprint::open);
    if (verdict.isEmpty() || !Arrays.equals(verdict.get(), PASSED)) {
      String difference = run(lane, job, variant);
      if (difference != null) {
        throw new WrongSampleException("self-test: " + difference);
      }
      cache.put(FOLDER, name, Fingerprint.seal(PASSED));
    }
    passed.add(variant);
  }

  /** Forgets which kernels have passed, so that they are tested again. */
  synchronized void distrust() {
    for (Variant variant : passed) {
      cache.remove(FOLDER, name(variant));
    }
    passed.clear();
  }

  private String name(Variant variant) {
    return Fingerprint.of(programs.fingerprint(variant), surroundings);
  }

  private static @Nullable String run(Lane lane, BoundConversion job, Variant variant)
      throws ClException, WrongSampleException {
    Conversion conversion = job.conversion();
    KnownAnswers answers = new KnownAnswers(conversion);
    MemorySegment source = memory(conversion.source(), variant.aligned());
    MemorySegment target = memory(conversion.target(), variant.aligned());
    answers.write(source);
    target.fill((byte) -1);
    int channels = variant.oneChannel() ? 1 : CHANNELS;
    Chunk chunk = new Chunk(source, target, KnownAnswers.SAMPLES, channels, channels - 1);
    Tally tally = lane.convert(job, List.of(chunk)).getFirst();
    return answers.firstDifference(chunk, tally);
  }

  /** Memory for the known answers, aligned to whole vectors or one sample off that alignment. */
  private static MemorySegment memory(SampleType type, boolean aligned) {
    long sizeBytes = (long) KnownAnswers.SAMPLES * type.bytes();
    return Arena.ofAuto()
        .allocate(sizeBytes + type.bytes(), ALIGNMENT_BYTES)
        .asSlice(aligned ? 0 : type.bytes(), sizeBytes);
  }
}
