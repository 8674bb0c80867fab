package stops.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Tally;
import stops.math.KnownAnswers;

/**
 * Has every build of the kernel prove itself on {@link KnownAnswers} before its results are
 * trusted. That it did is remembered for the device, the driver and the kernel's source, until
 * something goes wrong. Thread-safe.
 */
final class SelfTest {
  private static final String FOLDER = "verdicts";
  private static final byte[] PASSED = "passed".getBytes(UTF_8);
  private static final int CHANNELS = 3;

  private final ProgramStore programs;
  private final PrivateFolder cache;
  private final boolean required;
  private final Set<Variant> passed = new HashSet<>();

  /** A self-test that {@code required} makes more than a formality. */
  SelfTest(ProgramStore programs, PrivateFolder cache, boolean required) {
    this.required = required;
    this.programs = programs;
    this.cache = cache;
  }

  /**
   * Returns if the kernel that {@code lane} would run for {@code job} can be trusted.
   *
   * @throws WrongSampleException if it gave a wrong answer; the message is the first one
   */
  synchronized void require(Lane lane, Job job, boolean oneChannel)
      throws ClException, WrongSampleException {
    Variant variant = lane.variant(job, oneChannel);
    if (!required || passed.contains(variant)) {
      return;
    }
    String name = name(variant);
    Optional<byte[]> verdict = cache.get(FOLDER, name).flatMap(Fingerprint::open);
    if (verdict.isEmpty() || !Arrays.equals(verdict.get(), PASSED)) {
      String difference = run(lane, job, oneChannel ? 1 : CHANNELS);
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
    return programs.fingerprint(variant);
  }

  private static @Nullable String run(Lane lane, Job job, int channels)
      throws ClException, WrongSampleException {
    Conversion conversion = job.conversion();
    KnownAnswers answers = new KnownAnswers(conversion);
    MemorySegment source =
        Arena.ofAuto().allocate((long) KnownAnswers.SAMPLES * conversion.source().bytes(), 64);
    MemorySegment target =
        Arena.ofAuto().allocate((long) KnownAnswers.SAMPLES * conversion.target().bytes(), 64);
    answers.write(source);
    target.fill((byte) -1);
    Chunk chunk = new Chunk(source, target, KnownAnswers.SAMPLES, channels, channels - 1);
    Tally tally = lane.convert(job, chunk);
    return answers.firstDifference(chunk, tally);
  }
}
