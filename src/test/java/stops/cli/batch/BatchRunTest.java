package stops.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cli.syntax.CommonOptions;
import stops.image.ImageException;

class BatchRunTest {
  @TempDir Path folder = Path.of("");
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<Job> begun = new ArrayList<>();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void leave() {
    System.setOut(before);
  }

  private BatchOptions options(boolean json, String... lines) throws Exception {
    return options(1, json, lines);
  }

  private BatchOptions options(int atOnce, boolean json, String... lines) throws Exception {
    Path jobs = folder.resolve("jobs");
    Files.write(jobs, List.of(lines));
    return new BatchOptions(jobs, atOnce, new CommonOptions(json, false, false), List.of(), null);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void theHighestStatusCountsAndEveryLineKeepsItsNumber() throws Exception {
    JobWork work =
        (job, name) -> {
          begun.add(job);
          return new JobOutcome(Integer.parseInt(job.words().getFirst()), "as told", null);
        };
    int status = new BatchRun("p", options(false, "0", "#", "4 x", "", "'", "1"), work).run();
    assertEquals(4, status);
    assertEquals(List.of(1L, 3L, 6L), begun.stream().map(Job::line).toList());
    assertTrue(lines().getFirst().matches("ok 1 as told, \\d+ ms"), lines()::toString);
    assertEquals(
        List.of(
            "failed 3 (status 4): as told",
            "failed 5 (status 2): column 1: the quote ' is not closed",
            "failed 6 (status 1): as told"),
        lines().subList(1, 4));
  }

  @Test
  void theWorkIsToldTheNameOfItsJobAndItsReportIsInTheResult() throws Exception {
    JobWork work = (job, name) -> new JobOutcome(0, "", Map.of("name", name));
    int status =
        new BatchRun("stops x", options(true, "", "{\"args\":[],\"id\":\"a\"}"), work).run();
    assertEquals(0, status);
    assertEquals(1, lines().size());
    assertTrue(
        lines().getFirst().startsWith("{\"line\":2,\"id\":\"a\",\"status\":0,\"milliseconds\":"),
        lines()::toString);
    assertTrue(
        lines().getFirst().endsWith(",\"report\":{\"name\":\"stops x: line 2\"}}"),
        lines()::toString);
  }

  @Test
  void jobsThatCannotBeReadAreAFailureOfTheInput() throws Exception {
    BatchOptions absent =
        new BatchOptions(
            folder.resolve("absent"), 1, new CommonOptions(false, false, false), List.of(), null);
    ImageException failure =
        assertThrows(
            ImageException.class,
            () -> new BatchRun("p", absent, (job, name) -> new JobOutcome(0, "", null)).run());
    assertEquals(ImageException.Side.INPUT, failure.side());
  }

  @Test
  void jobsSideBySideAreNoMoreThanAskedForAndTheFirstToEndIsToldFirst() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch secondIsTold = new CountDownLatch(1);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    JobWork work =
        (job, name) -> {
          int running = now.incrementAndGet();
          int unused = most.accumulateAndGet(running, Math::max);
          try {
            both.countDown();
            both.await();
            if (job.line() == 1) {
              secondIsTold.await();
            } else if (job.line() == 3) {
              // It began when the second had been told, on the same thread.
              secondIsTold.countDown();
            }
          } catch (InterruptedException e) {
            return new JobOutcome(9, "interrupted", null);
          } finally {
            now.decrementAndGet();
          }
          return new JobOutcome(1, job.words().getFirst(), null);
        };
    assertEquals(1, new BatchRun("p", options(2, false, "a", "b", "c", "d"), work).run());
    assertEquals(2, most.get());
    assertEquals("failed 2 (status 1): b", lines().getFirst());
    assertEquals(
        List.of("a", "b", "c", "d"),
        lines().stream().map(line -> line.substring(line.length() - 1)).sorted().toList());
  }

  /** Work that is interrupted may end with any failure, as a channel that is closed does. */
  @Test
  void anInterruptEndsTheJobInWorkAndTheBatch() throws Exception {
    CountDownLatch atWork = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    JobWork work =
        (job, name) -> {
          begun.add(job);
          if (job.line() == 1) {
            return new JobOutcome(0, "done", null);
          }
          atWork.countDown();
          try {
            never.await();
            return new JobOutcome(0, "done", null);
          } catch (InterruptedException e) {
            return new JobOutcome(4, "the channel is closed", null);
          }
        };
    BatchRun run = new BatchRun("p", options(false, "a", "b", "c"), work);
    FutureTask<Integer> task = new FutureTask<>(run::run);
    Thread thread = new Thread(task);
    thread.start();
    atWork.await();
    thread.interrupt();
    assertEquals(130, task.get());
    assertEquals(2, begun.size());
    assertEquals("failed 2 (status 130): interrupted", lines().getLast());
    assertEquals(2, lines().size());
  }
}
