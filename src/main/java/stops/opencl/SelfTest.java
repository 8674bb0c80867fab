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
 * Has every build of the kernel prove itself on {@link KnownAnswers} before its results are
 * trusted. That it did is remembered for the device, the driver and its settings, and the kernel's
 * source, until something goes wrong. Thread-safe.
 */
final class SelfTest {
  private static final String FOLDER = "verdicts";
  private static final byte[] PASSED = "passed".getBytes(UTF_8);
  private static final int CHANNELS = 3;

  /** The largest vector: 16 float64 samples. */
  private static final long ALIGNMENT_BYTES = 128;

  private final ProgramStore programs;
  private final PrivateFolder cache;
  private final boolean required;

  /** What the driver was told, which may make it compile otherwise. */
  private final String settings = Surroundings.variables();

  private final Set<Variant> passed = new HashSet<>();

  /** A self-test that {@code required} makes more than a formality. */
  SelfTest(ProgramStore programs, PrivateFolder cache, boolean required) {
    this.required = required;
    this.programs = programs;
    this.cache = cache;
  }

  /**
   * Returns if the kernel that {@code lane} would run for {@code chunk} can be trusted.
   *
   * @throws WrongSampleException if it gave a wrong answer; the message is the first one
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

  /** Forgets that kernels have proved themselves: they have to do it again. */
  synchronized void distrust() {
    for (Variant variant : passed) {
      cache.remove(FOLDER, name(variant));
    }
    passed.clear();
  }

  private String name(Variant variant) {
    return Fingerprint.of(programs.fingerprint(variant), settings);
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

  /** Memory for the known answers: aligned to whole vectors, or one sample past that. */
  private static MemorySegment memory(SampleType type, boolean aligned) {
    long sizeBytes = (long) KnownAnswers.SAMPLES * type.bytes();
    return Arena.ofAuto()
        .allocate(sizeBytes + type.bytes(), ALIGNMENT_BYTES)
        .asSlice(aligned ? 0 : type.bytes(), sizeBytes);
  }
}
