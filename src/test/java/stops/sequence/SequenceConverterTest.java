package stops.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.convert.DomainBasis;
import stops.convert.FileReport;
import stops.engine.ZeroPolicy;
import stops.image.Domain;
import stops.image.ImageException;
import stops.sequence.FrameReport.Status;

class SequenceConverterTest {
  @TempDir Path folder = Path.of("");

  private final Map<Integer, FrameReport> ended = new TreeMap<>();
  private final List<Integer> percents = new ArrayList<>();
  private final SequenceListener listener =
      new SequenceListener() {
        @Override
        public void frame(FrameReport report) {
          ended.put(report.frame().number().orElseThrow(), report);
        }

        @Override
        public void percent(int percent) {
          percents.add(percent);
        }
      };

  private List<Frame> frames(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> Frame.numbered(i, folder.resolve("in." + i), folder.resolve("out." + i)))
        .toList();
  }

  private static FileReport report(Frame frame, boolean written) {
    return new FileReport(
        frame.input().toString(),
        frame.output().toString(),
        "",
        Domain.INTENSITY,
        DomainBasis.STATED,
        Domain.EXPOSURE,
        0,
        ZeroPolicy.FAIL,
        null,
        0,
        written,
        true,
        List.of(),
        1,
        1,
        List.of(),
        "",
        List.of(),
        List.of());
  }

  private FrameReport ended(int frame) {
    return Objects.requireNonNull(ended.get(frame));
  }

  private Status status(int frame) {
    return ended(frame).status();
  }

  @Test
  void failedFramesDoNotStopTheOthers() throws Exception {
    FrameWork work =
        (frame, progress) -> {
          switch (frame.number().orElseThrow()) {
            case 2 -> throw ImageException.input(frame.input(), "damaged");
            case 3 -> throw new OutOfMemoryError("test");
            case 4 -> {
              return report(frame, false);
            }
            default -> {
              return report(frame, true);
            }
          }
        };
    new SequenceConverter(work, 2, SequenceConverter.DoneFrames.NONE).convert(frames(20), listener);
    assertEquals(20, ended.size());
    assertEquals(17, ended.values().stream().filter(r -> r.status() == Status.DONE).count());
    assertInstanceOf(ImageException.class, ended(2).failure());
    assertInstanceOf(OutOfMemoryError.class, ended(3).failure());
    assertEquals(Status.FAILED, status(4));
  }

  @Test
  void framesAreInWorkAtTheSameTime() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    FrameWork work =
        (frame, progress) -> {
          try {
            together.await();
          } catch (BrokenBarrierException e) {
            throw new IllegalStateException(e);
          }
          return report(frame, true);
        };
    new SequenceConverter(work, 2, SequenceConverter.DoneFrames.NONE).convert(frames(9), listener);
    assertEquals(9, ended.size());
  }

  @Test
  void framesThatAreDoneAreLeftAlone() throws Exception {
    Files.writeString(folder.resolve("out.2"), "old");
    FrameWork work = (frame, progress) -> report(frame, true);
    new SequenceConverter(work, 1, frame -> Files.exists(frame.output()))
        .convert(frames(3), listener);
    assertEquals(List.of(Status.DONE, Status.SKIPPED, Status.DONE), statuses());
    ended.clear();
    new SequenceConverter(work, 1, SequenceConverter.DoneFrames.NONE).convert(frames(3), listener);
    assertEquals(List.of(Status.DONE, Status.DONE, Status.DONE), statuses());
  }

  private List<Status> statuses() {
    return ended.values().stream().map(FrameReport::status).toList();
  }

  @Test
  void progressRisesToOneHundredAndCountsStrips() throws Exception {
    FrameWork work =
        (frame, progress) -> {
          for (int strip = 1; strip <= 10; strip++) {
            progress.strips(strip, 10);
          }
          return report(frame, true);
        };
    new SequenceConverter(work, 1, SequenceConverter.DoneFrames.NONE).convert(frames(3), listener);
    assertEquals(percents.stream().distinct().sorted().toList(), percents);
    assertEquals(100, percents.getLast());
    assertTrue(percents.size() > 20, percents + "");
    assertTrue(percents.contains(33), percents + "");
  }

  @Test
  void interruptEndsItAndWhatWasInWorkHasNotFailed() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    FrameWork work =
        (frame, progress) -> {
          if (frame.number().orElseThrow() == 1) {
            return report(frame, true);
          }
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            if (frame.number().orElseThrow() == 2) {
              throw ImageException.output(frame.output(), "writing was interrupted");
            }
            throw e;
          }
          return report(frame, true);
        };
    Thread caller =
        Thread.ofPlatform()
            .start(() ->
                assertThrows(
                    InterruptedException.class,
                    () ->
                        new SequenceConverter(work, 2, SequenceConverter.DoneFrames.NONE)
                            .convert(frames(50), listener)));
    begun.await();
    caller.interrupt();
    caller.join();
    assertEquals(1, ended.size(), ended + "");
    assertEquals(Status.DONE, status(1));
  }
}
