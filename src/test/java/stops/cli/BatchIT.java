package stops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Await;
import stops.opencl.BrokenDriver;
import stops.opencl.trial.InstalledDrivers;

/** One process does many jobs as separate commands do them, and says of each how it ended. */
class BatchIT {
  private static final Path DESK = Path.of("src/main/examples/desk.exr").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void files() throws Exception {
    Files.copy(DESK, folder.resolve("a b.exr"));
    Files.copy(DESK, folder.resolve("s.1.exr"));
    Files.copy(DESK, folder.resolve("s.2.exr"));
    byte[] bytes = Files.readAllBytes(DESK);
    Files.write(folder.resolve("damaged.exr"), Arrays.copyOf(bytes, bytes.length - 100));
    Files.write(folder.resolve("zeros.raw"), new byte[400]);
  }

  private Program program() {
    return Program.packaged().in(folder);
  }

  private Program.Result batch(int status, String jobs, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("convert", "--batch", "-"));
    words.addAll(List.of(options));
    Program.Result result = program().reading(jobs).run(words.toArray(String[]::new));
    assertEquals(status, result.status(), result::toString);
    return result;
  }

  private byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(folder.resolve(name));
  }

  /** The times of results, which no two runs have in common, as a T. */
  private static List<String> lines(Program.Result result) {
    return result.out().lines().map(line -> line.replaceFirst(", [0-9.]+ m?s$", ", T")).toList();
  }

  @Test
  void eachJobEndsAsItsCommandAloneAndHasALine() throws Exception {
    Files.writeString(
        folder.resolve("jobs"),
        """
        # Three good ones.
        'a b.exr' one.exr --to exposure
        s.1.exr "two.exr" --to exposure --type f16 --gain -1/3 --device cpu

        {"args": ["s.2.exr", "three.npy", "--to", "exposure", "--threads", "1"], "id": "shot 12"}
        damaged.exr four.exr --to exposure
        missing.exr four.exr --to exposure
        'a b.exr four.exr --to exposure
        zeros.raw four.raw --raw f32 --to exposure --zero fail
        s.1.exr nowhere/four.exr --to exposure
        s.1.exr four.exr --to exposure --device nonsense
        s.1.exr four.exr
        s.%d.exr t.####.exr --to exposure --frames 1-3
        """);
    Program.Result result = program().run("convert", "--batch", "jobs", "-q", "--json");
    assertEquals(5, result.status(), result::toString);
    assertEquals(11, result.out().lines().count(), result::toString);
    Program.Result text = program().run("convert", "--batch", "jobs");
    assertEquals(5, text.status(), text::toString);
    List<String> lines = lines(text);
    assertEquals(
        List.of(
            "ok 2 a b.exr -> one.exr, 234,720 samples, T",
            "ok 3 s.1.exr -> two.exr, 234,720 samples, T",
            "ok 5 \"shot 12\" s.2.exr -> three.npy, 234,720 samples, T"),
        lines.subList(0, 3));
    assertEquals(11, lines.size(), text::toString);

    List<List<String>> alone =
        List.of(
            List.of("a b.exr", "alone.exr", "--to", "exposure"),
            List.of("s.1.exr", "two.exr", "--to=exposure", "--type=f16", "--gain=-1/3"),
            List.of("s.2.exr", "three.npy", "--to", "exposure"),
            List.of("damaged.exr", "four.exr", "--to", "exposure"),
            List.of("missing.exr", "four.exr", "--to", "exposure"),
            List.of(),
            List.of("zeros.raw", "four.raw", "--raw=f32", "--to=exposure", "--zero=fail"),
            List.of("s.1.exr", "nowhere/four.exr", "--to", "exposure"),
            List.of("s.1.exr", "four.exr", "--to", "exposure", "--device=nonsense"),
            List.of("s.1.exr", "four.exr"));
    byte[][] done = {bytes("one.exr"), bytes("two.exr"), bytes("three.npy")};
    for (int i = 0; i < alone.size(); i++) {
      if (i == 5) {
        assertEquals("failed 8 (status 2): column 1: the quote ' is not closed", lines.get(5));
        continue;
      }
      List<String> words = new ArrayList<>(List.of("convert"));
      words.addAll(alone.get(i));
      Program.Result single = program().run(words.toArray(String[]::new));
      if (i < 3) {
        assertEquals(0, single.status(), single::toString);
        assertArrayEquals(done[i], bytes(i == 0 ? "alone.exr" : alone.get(i).get(1)));
      } else {
        String said = single.err().lines().toList().getLast().replaceFirst("^stops convert: ", "");
        said = said.replaceFirst("; see stops convert --help$", "");
        assertEquals(
            "failed " + (i + 3) + " (status " + single.status() + "): " + said, lines.get(i));
      }
    }
    assertEquals(
        "failed 13 (status 3): s.%d.exr -> t.####.exr, 3 frames: 2 done, 1 failed (3);"
            + " 469,440 samples; frame 3: s.3.exr: there is no such file; check its name",
        lines.getLast());
    assertArrayEquals(bytes("alone.exr"), bytes("t.0002.exr"));
    assertFalse(Files.exists(folder.resolve("four.exr")));
    assertFalse(Files.exists(folder.resolve("four.raw")));
    assertTrue(text.err().contains("stops convert: line 2: warning: B: 148 samples"), text.err());
    assertTrue(text.err().contains("stops convert: line 13: frame 3: s.3.exr"), text.err());
  }

  @Test
  void jsonHasTheReportOrTheErrorOfEachJob() throws Exception {
    Program.Result result =
        batch(
            4,
            """
            {"args": ["a b.exr", "é.exr", "--to", "exposure"], "id": "shot \\"12\\""}
            {"args": ["missing.exr", "o.exr", "--to", "exposure"], "id": 13}
            {"args": ["s.1.exr" "o.exr"]}
            s.@.exr t.@.exr --to exposure --frames 1,2
            zeros.raw o.raw --raw f32 --to exposure --zero fail
            s.1.exr s.2.exr graded --to exposure
            """,
            "--json",
            "-q");
    assertEquals("", result.err());
    List<JsonObject> jobs =
        result.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    List<Integer> statuses = jobs.stream().map(job -> job.get("status").getAsInt()).toList();
    assertEquals(List.of(0, 3, 2, 0, 1, 4), statuses, result::toString);
    for (int i = 0; i < jobs.size(); i++) {
      assertEquals(i + 1, jobs.get(i).get("line").getAsInt());
      assertTrue(jobs.get(i).get("milliseconds").getAsLong() >= 0);
      assertEquals(statuses.get(i) != 0, jobs.get(i).has("error"), jobs.get(i)::toString);
    }
    assertEquals("shot \"12\"", jobs.getFirst().get("id").getAsString());
    JsonObject report = jobs.getFirst().getAsJsonObject("report");
    Program.Result alone = program().run("convert", "a b.exr", "é.exr", "--to=exposure", "--json");
    JsonObject expected = JsonParser.parseString(alone.out()).getAsJsonObject();
    assertEquals(expected.keySet(), report.keySet());
    for (String same : List.of("input", "output", "samples", "channels", "layers", "written")) {
      assertEquals(expected.get(same), report.get(same));
    }
    assertEquals(13, jobs.get(1).getAsJsonPrimitive("id").getAsInt());
    assertTrue(jobs.get(1).getAsJsonPrimitive("id").isNumber());
    assertEquals(
        "missing.exr: there is no such file; check its name",
        jobs.get(1).get("error").getAsString());
    assertNull(jobs.get(1).get("report"));
    assertEquals("column 21: a comma or ] has to be here", jobs.get(2).get("error").getAsString());
    JsonObject sequence = jobs.get(3).getAsJsonObject("report");
    assertEquals("1-2", sequence.get("done").getAsString());
    // What the jobs before did is not counted again.
    assertEquals(
        2 * 234_720,
        sequence.getAsJsonArray("engines").get(0).getAsJsonObject().get("samples").getAsLong());
    assertFalse(jobs.get(4).getAsJsonObject("report").get("written").getAsBoolean());
    assertTrue(jobs.get(5).get("error").getAsString().startsWith("graded: is not a folder"));
  }

  @Test
  void whatMakesNoSenseInAJobIsAMistakeOfThatJob() throws Exception {
    Program.Result result =
        batch(
            2,
            """
            - o.exr --to exposure
            s.1.exr - --to exposure
            s.1.exr o.exr --to exposure --batch jobs
            s.1.exr o.exr --to exposure --json
            --help
            -V
            s.1.exr o.exr --to exposure --memory 65M
            s.1.exr o.exr --tto exposure
            s.1.exr o.exr --to exposure --memory 63M -q
            """,
            "--memory",
            "64M");
    assertEquals(
        List.of(
            "failed 1 (status 2): - is standard input or output, which a job of --batch has not;"
                + " name a file",
            "failed 2 (status 2): - is standard input or output, which a job of --batch has not;"
                + " name a file",
            "failed 3 (status 2): --batch is not for a job of --batch",
            "failed 4 (status 2): --json is not for a job of --batch",
            "failed 5 (status 2): --help is not for a job of --batch",
            "failed 6 (status 2): --version is not for a job of --batch",
            "failed 7 (status 2): --memory 65.0 MiB is more than the batch has, 64.0 MiB",
            "failed 8 (status 2): there is no option --tto",
            "ok 9 s.1.exr -> o.exr, 234,720 samples, T"),
        lines(result));
    assertEquals("", result.err());
  }

  @Test
  void whatIsGivenBesideBatchIsForAllJobsThatDoNotSayOtherwise() throws Exception {
    String jobs = "s.1.exr o.exr --to exposure\ns.2.exr p.exr --to exposure --device cpu\n";
    Program.Result absent = batch(5, jobs, "--device", "nonsense", "-q");
    assertEquals(1, absent.out().lines().count(), absent::toString);
    assertTrue(absent.out().startsWith("failed 1 (status 5): no OpenCL device"), absent.out());
    assertEquals("", absent.err());
    assertFalse(Files.exists(folder.resolve("o.exr")));
    assertTrue(Files.exists(folder.resolve("p.exr")));
    Program.Result little = batch(3, "s.1.exr o.exr --to exposure", "--memory", "64k");
    assertTrue(little.out().startsWith("failed 1 (status 3): s.1.exr: needs "), little.out());
  }

  @Test
  void jobsSideBySideWriteWhatTheyWriteOneAfterTheOther() throws Exception {
    StringBuilder jobs = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      jobs.append(
          String.format(
              Locale.ROOT,
              i % 4 == 0
                  ? "s.@.exr o%d.@.exr --to exposure --frames 1-2 --threads %d%n"
                  : "s.1.exr o%d.exr --to exposure --threads %d%n",
              i,
              i % 2 + 1));
    }
    jobs.append("damaged.exr o.exr --to exposure");
    Program.Result result =
        batch(3, jobs.toString(), "--jobs", "4", "--memory", "64M", "--json", "-q");
    assertEquals("", result.err());
    List<JsonObject> results =
        result.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertEquals(13, results.size());
    assertEquals(
        IntStream.rangeClosed(1, 13).boxed().toList(),
        results.stream().map(job -> job.get("line").getAsInt()).sorted().toList());
    run("convert", "s.1.exr", "alone.exr", "--to=exposure", "-q");
    for (int i = 1; i <= 12; i++) {
      String name = "o" + i + (i % 4 == 0 ? ".2.exr" : ".exr");
      assertArrayEquals(bytes("alone.exr"), bytes(name), name);
    }
    for (JsonObject job : results) {
      if (job.get("line").getAsInt() % 4 == 0) {
        JsonObject engine =
            job.getAsJsonObject("report").getAsJsonArray("engines").get(0).getAsJsonObject();
        assertEquals(2 * 234_720, engine.get("samples").getAsLong(), job::toString);
      }
    }
  }

  /** So that a GPU is looked for when it is worth it for all jobs, though it is for none alone. */
  @Test
  void asManyFilesAsThereWereAreExpectedToCome() throws Exception {
    Pattern expected = Pattern.compile("a small job of about ([0-9.e-]+) ms");
    String job = "s.1.exr o.exr --to exposure\n";
    List<Double> milliseconds =
        batch(0, job + job + job, "--json", "-q")
            .out()
            .lines()
            .map(line -> expected.matcher(line).results().findFirst().orElseThrow())
            .map(found -> Double.valueOf(found.group(1)))
            .toList();
    assertTrue(milliseconds.get(0) < milliseconds.get(1), milliseconds + "");
    assertTrue(milliseconds.get(1) < milliseconds.get(2), milliseconds + "");
  }

  private void run(String... words) throws Exception {
    Program.Result result = program().run(words);
    assertEquals(0, result.status(), result::toString);
  }

  @Test
  void linesAreUtf8InEveryLocaleAndALongOneStopsNoOther() throws Exception {
    Program.Result result =
        program()
            .with("LC_ALL", "C")
            .reading(
                "\uFEFFs.1.exr 'été 😀.exr' --to exposure\r\n"
                    + "x".repeat((1 << 20) + 1)
                    + "\r\ns.1.exr last.exr --to exposure")
            .run("convert", "--batch", "-", "-q", "--json");
    assertEquals(2, result.status(), result::toString);
    List<String> lines = result.out().lines().toList();
    assertTrue(lines.getFirst().startsWith("{\"line\":1,\"status\":0,"), result::toString);
    assertTrue(lines.get(1).contains("longer than 1048576 bytes"), result::toString);
    assertTrue(lines.get(2).startsWith("{\"line\":3,\"status\":0,"), result::toString);
    assertArrayEquals(bytes("last.exr"), bytes("été 😀.exr"));
  }

  @Test
  void aManagerSendsTheNextJobAfterEachResult() throws Exception {
    Path errors = folder.resolve("errors");
    Process process = program().talk(errors, "convert", "--batch", "-", "-q", "--json");
    try (BufferedReader results = process.inputReader(StandardCharsets.UTF_8);
        Writer jobs = process.outputWriter(StandardCharsets.UTF_8)) {
      String input = "s.1.exr";
      for (int i = 1; i <= 5; i++) {
        // Each job reads what the one before has written.
        String output = "step." + i + ".exr";
        String to = i % 2 == 1 ? "exposure" : "intensity";
        jobs.write(
            String.format(
                Locale.ROOT,
                "{\"args\": [\"%s\", \"%s\", \"--to\", \"%s\"], \"id\": %d}\n",
                input,
                output,
                to,
                100 + i));
        jobs.flush();
        JsonObject result = JsonParser.parseString(results.readLine()).getAsJsonObject();
        assertEquals(100 + i, result.get("id").getAsInt());
        assertEquals(0, result.get("status").getAsInt(), result::toString);
        assertTrue(Files.exists(folder.resolve(output)));
        input = output;
      }
      assertTrue(process.isAlive());
      jobs.close();
      assertNull(results.readLine());
    }
    assertEquals(0, Await.end(process));
    assertEquals("", Files.readString(errors));
    assertArrayEquals(bytes("step.3.exr"), bytes("step.5.exr"));
  }

  @Test
  void aSignalEndsItAlsoWhileItWaitsForAJob() throws Exception {
    Process process = program().talk(folder.resolve("errors"), "convert", "--batch", "-", "-q");
    process.outputWriter().close();
    assertEquals(0, Await.end(process));
    Process waiting =
        program().interruptible().talk(folder.resolve("errors"), "convert", "--batch", "-");
    try (BufferedReader results = waiting.inputReader();
        Writer jobs = waiting.outputWriter()) {
      jobs.write("s.1.exr o.exr --to exposure -q\n");
      jobs.flush();
      assertNotNull(results.readLine());
      Signals.send("INT", waiting);
      assertNull(results.readLine());
      assertEquals(130, Await.end(waiting));
    }
    assertEquals(
        "stops convert: ended from outside (by a signal) after 1 job\n",
        Files.readString(folder.resolve("errors")));
  }

  @Test
  void aSignalLeavesFinishedFilesAndNoHalfOne() throws Exception {
    Path large = folder.resolve("large.raw");
    long size = 1L << 30;
    try (var file =
        Files.newByteChannel(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.position(size - 1).write(ByteBuffer.allocate(1));
    }
    Process process = program().talk(folder.resolve("errors"), "convert", "--batch", "-", "-q");
    try (BufferedReader results = process.inputReader();
        Writer jobs = process.outputWriter()) {
      jobs.write("s.1.exr o.exr --to exposure\nmissing.exr p.exr --to exposure\n");
      jobs.write("large.raw big.raw --raw f32 --to exposure\n");
      jobs.write("s.1.exr late.exr --to exposure\n");
      jobs.flush();
      assertEquals(
          "failed 2 (status 3): missing.exr: there is no such file; check its name",
          results.readLine());
      Await.until("it is at work", () -> !temporary().isEmpty());
      Signals.send("STOP", process);
      assertFalse(Files.exists(folder.resolve("big.raw")), "it was done too early");
      Signals.send("TERM", process);
      Signals.send("CONT", process);
      assertEquals("failed 3 (status 130): interrupted; nothing was written", results.readLine());
      assertNull(results.readLine());
    }
    assertEquals(143, Await.end(process));
    assertEquals(List.of(), temporary());
    assertTrue(Files.exists(folder.resolve("o.exr")));
    assertFalse(Files.exists(folder.resolve("big.raw")));
    assertFalse(Files.exists(folder.resolve("late.exr")));
  }

  private List<String> temporary() throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".tmp")).toList();
    }
  }

  @Test
  void aDeviceIsOpenedOnceForAllJobs() throws Exception {
    Path vendors = Files.createDirectory(folder.resolve("vendors"));
    Path contexts = folder.resolve("contexts");
    BrokenDriver.registerCounting(vendors, InstalledDrivers.pocl(), contexts, "DeviceProbe");
    Program counted =
        program()
            .with("OCL_ICD_VENDORS", vendors.toString())
            .with("POCL_CACHE_DIR", folder.resolve("pocl").toString())
            .with("STOPS_JAVA_OPTS", "-Dstops.cache=" + folder.resolve("cache"));
    String[] alone = {"convert", "s.1.exr", "alone.exr", "--to=exposure", "-q", "--device=0:0"};
    Program.Result first = counted.run(alone);
    assertEquals(0, first.status(), first::toString);
    Files.deleteIfExists(contexts);
    assertEquals(0, counted.run(alone).status());
    long once = Files.size(contexts);
    assertTrue(once > 0);
    Files.delete(contexts);
    Program.Result result =
        counted
            .reading(
                """
                s.1.exr one.exr --to exposure
                s.2.exr two.exr --to exposure --threads 1
                s.1.exr three.exr --to exposure --device opencl
                s.@.exr t.@.exr --to exposure --frames 1-2 --device pocl
                s.2.exr four.exr --to exposure --device cpu,0:0
                """)
            .run("convert", "--batch", "-", "--device", "0:0", "--json", "-q");
    assertEquals(0, result.status(), result::toString);
    assertTrue(
        result
            .out()
            .lines()
            .limit(4)
            .allMatch(line -> line.contains("\"id\":\"0:0\",\"kind\":\"OPENCL_CPU\"")),
        result::toString);
    assertEquals(once, Files.size(contexts));
    for (String name : List.of("one", "two", "three", "t.1", "t.2", "four")) {
      assertArrayEquals(bytes("alone.exr"), bytes(name + ".exr"), name);
    }
  }
}
