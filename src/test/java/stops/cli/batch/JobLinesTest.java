package stops.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobLinesTest {
  private static List<JobLines.Line> all(byte[] bytes) throws Exception {
    List<JobLines.Line> all = new ArrayList<>();
    try (JobLines lines = new JobLines(() -> new ByteArrayInputStream(bytes))) {
      Optional<JobLines.Line> line = lines.next();
      while (line.isPresent()) {
        all.add(line.get());
        line = lines.next();
      }
    }
    return all;
  }

  private static List<JobLines.Line> all(String text) throws Exception {
    return all(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<JobLines.Line> lines(String... texts) {
    List<JobLines.Line> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(new JobLines.Line(lines.size() + 1, text));
    }
    return lines;
  }

  @Test
  void endsOfLinesMayBeThoseOfOtherSystemsAndTheLastMayLackIts() throws Exception {
    assertEquals(lines(), all(""));
    assertEquals(lines("a"), all("a"));
    assertEquals(lines("a", "", "b c"), all("a\n\nb c\n"));
    assertEquals(lines("a", "", "b\rc"), all("a\r\n\r\nb\rc"));
    assertEquals(lines("", ""), all("\n\n"));
  }

  @Test
  void textIsUtf8WithOrWithoutAMark() throws Exception {
    assertEquals(lines("été", "\uFEFFx"), all("\uFEFFété\n\uFEFFx"));
    assertEquals(lines("\uFFFDx"), all(new byte[] {(byte) 0xe9, 'x'}));
  }

  @Test
  void aLineThatIsTooLongIsLeftOutAndTheNextIsNot() throws Exception {
    String longest = "x".repeat(JobLines.MOST_BYTES);
    List<JobLines.Line> lines = all(longest + "\n" + longest + "x\ny");
    assertEquals(longest, lines.getFirst().text());
    assertNull(lines.get(1).text());
    assertEquals(new JobLines.Line(3, "y"), lines.get(2));
    assertEquals(3, lines.size());
  }

  @Test
  void aLineIsThereBeforeTheNextIsWritten() throws Exception {
    PipedOutputStream writer = new PipedOutputStream();
    InputStream reader = new PipedInputStream(writer);
    try (JobLines lines = new JobLines(() -> reader)) {
      for (String text : List.of("a", "b")) {
        writer.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        writer.flush();
        assertEquals(text, lines.next().orElseThrow().text());
      }
      writer.close();
      assertFalse(lines.next().isPresent());
    }
  }

  @Test
  void whatCannotBeReadIsAFailureBehindTheLinesBefore() throws Exception {
    byte[] some = "a\nb".getBytes(StandardCharsets.UTF_8);
    InputStream broken =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == some.length) {
              throw new IOException("the disk is gone");
            }
            return some[at++];
          }
        };
    try (JobLines lines = new JobLines(() -> broken)) {
      assertEquals("a", lines.next().orElseThrow().text());
      assertEquals("the disk is gone", assertThrows(IOException.class, lines::next).getMessage());
    }
    JobLines.Source absent =
        () -> {
          throw new IOException("no such file");
        };
    try (JobLines lines = new JobLines(absent)) {
      assertEquals("no such file", assertThrows(IOException.class, lines::next).getMessage());
    }
  }

  @Test
  void waitingForALineCanBeInterrupted() throws Exception {
    PipedOutputStream writer = new PipedOutputStream();
    InputStream reader = new PipedInputStream(writer);
    try (JobLines lines = new JobLines(() -> reader)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, lines::next);
    }
    writer.close();
  }
}
