package stops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.exr.Attribute;
import stops.exr.Box;
import stops.exr.ExrChunk;
import stops.exr.ExrHeader;
import stops.exr.ExrOutput;
import stops.exr.ExrWriter;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;

/**
 * Names and texts in files, and of files, are data: they neither end a line nor steer a terminal.
 */
class TextOfOthersTest {
  /** Ends a line, then what terminals take for commands, or show in another order or not at all. */
  private static final String EVIL =
      "\n\u001b]0;x\u0007\u001b[2J\u009b2J\r\u007f\u0085\u202egnp\u2066\u2028";

  private static final String SHOWN =
      "\\n\\u001b]0;x\\u0007\\u001b[2J\\u009b2J\\r\\u007f\\u0085\\u202egnp\\u2066\\u2028";

  @TempDir Path folder = Path.of("");
  private Path exr = Path.of("");

  /** What a command printed. */
  private record Said(int status, String out, String err) {}

  private static Said run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream beside = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(beside, true, StandardCharsets.UTF_8));
    int status;
    try {
      status = Main.run(arguments);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    Said all =
        new Said(
            status, said.toString(StandardCharsets.UTF_8), beside.toString(StandardCharsets.UTF_8));
    assertTrue(
        (all.out() + all.err())
            .codePoints()
            .allMatch(c ->
                c == '\n'
                    || !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.LINE_SEPARATOR),
        all.toString());
    return all;
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  /** All texts that JSON holds, names of members too. */
  private static List<String> texts(JsonElement json) {
    List<String> texts = new ArrayList<>();
    if (json.isJsonObject()) {
      json.getAsJsonObject()
          .entrySet()
          .forEach(each -> {
            texts.add(each.getKey());
            texts.addAll(texts(each.getValue()));
          });
    } else if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(each -> texts.addAll(texts(each)));
    } else if (json.isJsonPrimitive()) {
      texts.add(json.getAsString());
    }
    return texts;
  }

  @BeforeEach
  void picture() throws Exception {
    List<ExrChannel> channels = new ArrayList<>();
    for (String name : List.of("R", "G", "B", "fuel", "N.R", "N.G", "N.B")) {
      channels.add(ExrChannel.of(EVIL + "." + name, PixelType.HALF));
    }
    channels.add(ExrChannel.of(EVIL + "_R", PixelType.HALF));
    ExrHeader header =
        ExrHeader.scanlines(new Box(0, 0, 3, 3), new Box(0, 0, 3, 3), channels, Compression.NONE)
            .with(Attribute.ofString("name", "part" + EVIL))
            .with(Attribute.ofString("type", "scanlineimage"))
            .with(Attribute.ofString("owner", EVIL))
            .with(Attribute.ofStrings("list", List.of(EVIL, "b")))
            .with(Attribute.ofString("cryptomatte/1/name", EVIL))
            .with(Attribute.ofString("cryptomatte/1/manifest", "{\"" + EVIL + "\":\"1\"}"))
            .with(
                new Attribute(
                    "odd" + new String(new char[] {7, 27, 0x9b}), "odd\u001b", new byte[3]));
    exr = folder.resolve("in" + EVIL.replace("\n", "\n\t") + ".exr");
    try (FileChannel channel =
            FileChannel.open(exr, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ExrWriter writer = ExrWriter.create(ExrOutput.of(channel), List.of(header), true)) {
      for (int i = 0; i < writer.grid(0).count(); i++) {
        try (ExrChunk chunk = writer.chunk(0, i)) {
          java.util.Arrays.fill(chunk.raw(), (byte) 0xb8);
          writer.write(chunk);
        }
      }
      writer.finish();
    }
  }

  @Test
  void infoHasALineForEachNameAndAttribute() {
    Said plain = run("info", exr.toString());
    assertEquals(0, plain.status(), plain.err());
    assertTrue(plain.out().contains("  part \"part" + SHOWN + "\"\n"), plain.out());
    assertTrue(plain.out().contains("channel         " + SHOWN + ".R, float16\n"), plain.out());
    assertTrue(plain.out().contains("    owner = " + SHOWN + "\n"), plain.out());
    assertTrue(plain.out().contains("list = " + SHOWN + ", b\n"), plain.out());
    assertTrue(plain.out().contains("odd\\u0007\\u001b\\u009b = 3 bytes"), plain.out());
    Said statistics = run("stats", exr.toString());
    assertEquals(0, statistics.status(), statistics.err());
    assertTrue(statistics.out().contains("  part" + SHOWN + "/" + SHOWN + ".R "), statistics.out());
  }

  @Test
  void jsonHoldsTheTextsAsTheyAre() {
    Said info = run("info", exr.toString(), "--json");
    assertEquals(0, info.status(), info.err());
    List<String> texts = texts(JsonParser.parseString(info.out()));
    for (String expected : List.of("part" + EVIL, EVIL + ".R", EVIL, exr.toString())) {
      assertTrue(texts.contains(expected), info.out());
    }
    Said converted =
        run(
            "convert",
            exr.toString(),
            folder.resolve("o.exr").toString(),
            "--to",
            "exposure",
            "--device",
            "cpu",
            "--json",
            "--channels",
            "*.R,*.G,*.B");
    assertEquals(0, converted.status(), converted.err());
    assertTrue(texts(JsonParser.parseString(converted.out())).contains(EVIL + ".R"));
  }

  @Test
  void reportsAndWarningsAreALineEach() {
    String out = folder.resolve("o" + EVIL + ".exr").toString();
    Said said =
        run(
            "convert",
            exr.toString(),
            out,
            "--to",
            "exposure",
            "--device",
            "cpu",
            "--channels",
            "*.R,*.G,*.B");
    assertEquals(0, said.status(), said.err());
    List<String> warnings = lines(said.err());
    // Negative samples in each of six channels, and two layers that may be vectors.
    assertEquals(8, warnings.size(), said.err());
    for (String warning : warnings) {
      assertTrue(warning.startsWith("stops convert: warning: part" + SHOWN + "/"), warning);
    }
    assertTrue(lines(said.out()).getFirst().contains("in\\n\\t"), said.out());
    Said tiff =
        run(
            "convert",
            exr.toString(),
            folder.resolve("o.npy").toString(),
            "--to",
            "exposure",
            "--device",
            "cpu",
            "--channels",
            "*.R");
    assertEquals(4, tiff.status());
    assertEquals(1, lines(tiff.err()).size(), tiff.err());
  }

  @Test
  void errorsAreALine() {
    for (String channels : List.of("nope" + EVIL, EVIL)) {
      Said said =
          run(
              "convert",
              exr.toString(),
              folder.resolve("o.exr").toString(),
              "--to",
              "exposure",
              "--device",
              "cpu",
              "--channels",
              channels);
      assertEquals(3, said.status());
      assertEquals(1, lines(said.err()).size(), said.err());
    }
    for (String[] wrong :
        new String[][] {
          {"info", folder.resolve("absent" + EVIL).toString()},
          {"con" + EVIL},
          {"info", "--" + EVIL},
          {"convert", EVIL, EVIL, "--to", EVIL},
          {"exposure", "--gain", EVIL, "1"},
          {"devices", EVIL},
          {"convert", exr.toString(), "o" + EVIL + "/", "--to", "exposure"},
        }) {
      Said said = run(wrong);
      assertTrue(said.status() >= 2, said.toString());
      assertEquals(1, lines(said.err()).size(), said.err());
    }
  }

  @Test
  void theFilesOfASequenceAreALineEach() throws Exception {
    Path second = Files.copy(exr, folder.resolve("second" + EVIL + ".exr"));
    Path bad = Files.writeString(folder.resolve("bad" + EVIL + ".exr"), "v/1\u0001 is no picture");
    Path out = Files.createDirectory(folder.resolve("out" + EVIL));
    Said said =
        run(
            "convert",
            exr.toString(),
            second.toString(),
            bad.toString(),
            out.toString(),
            "--to",
            "exposure",
            "--device",
            "cpu",
            "--channels",
            "*.R");
    assertEquals(3, said.status(), said.toString());
    assertTrue(said.out().contains(" done " + folder + "/out" + SHOWN + "/second"), said.out());
    assertTrue(
        lines(said.err()).stream().allMatch(line -> line.startsWith("stops convert: ")),
        said.err());
  }

  @Test
  void formatsWithFewTextsAreNoException() throws Exception {
    String npy = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } #" + EVIL + "\n";
    byte[] text = npy.getBytes(StandardCharsets.UTF_8);
    ByteBuffer array = ByteBuffer.allocate(12 + text.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    array.put((byte) 0x93).put("NUMPY\3\0".getBytes(StandardCharsets.US_ASCII));
    array.putInt(text.length).put(text).putFloat(2);
    List<Path> files = new ArrayList<>();
    files.add(Files.write(folder.resolve("a.npy"), array.array()));
    String line = EVIL.replace("\n", "").replace("\u2028", "");
    String hdr = "#?RADIANCE\nVIEW=" + line + "\n" + line + "\n\n-Y 1 +X 1\n\2\3\4\u0080";
    files.add(Files.write(folder.resolve("a.hdr"), hdr.getBytes(StandardCharsets.ISO_8859_1)));
    String pfm = "Pf\n#" + line + "\n1 1\n-1\n\0\0\200?";
    files.add(Files.write(folder.resolve("a.pfm"), pfm.getBytes(StandardCharsets.ISO_8859_1)));
    for (Path file : files) {
      Said info = run("info", file.toString());
      assertEquals(0, info.status(), info.err());
      assertTrue(info.out().contains("\\u001b]0;x"), info.out());
      assertEquals(0, run("info", file.toString(), "--json").status());
      Said convert =
          run(
              "convert",
              file.toString(),
              folder.resolve("o.exr").toString(),
              "--to",
              "exposure",
              "--device",
              "cpu");
      assertEquals(0, convert.status(), convert.err());
    }
  }

  @Test
  void wordsThatAreNoNumbersAreShownWithEscapes() {
    Said said = run("exposure", "1" + EVIL);
    assertEquals(2, said.status());
    assertEquals(1, lines(said.err()).size(), said.err());
  }
}
