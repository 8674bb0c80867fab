package stops.format.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.Command;
import stops.Required;
import stops.engine.SampleType;
import stops.format.Pass;
import stops.format.Problem;
import stops.format.TileSource;
import stops.format.flat.DomainComment;
import stops.image.Channel;
import stops.image.Domain;
import stops.image.ImageInfo;
import stops.image.ImageSource;
import stops.image.Part;
import stops.image.Window;

class NpyFormatTest {
  private static final NpyFormat NPY = new NpyFormat();
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;

  /** A file of this version with this header text and that many bytes of samples. */
  private Path file(int version, String header, int bytes) throws Exception {
    byte[] data = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      data[i] = (byte) i;
    }
    return file(version, header, data);
  }

  private Path file(int version, String header, byte[] data) throws Exception {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(NpyHeader.MAGIC);
    out.write(version);
    out.write(0);
    for (int i = 0; i < (version == 1 ? 2 : 4); i++) {
      out.write(text.length >> 8 * i);
    }
    out.writeBytes(text);
    out.writeBytes(data);
    return Files.write(folder.resolve("in.npy"), out.toByteArray());
  }

  private static String header(String descr, String shape) {
    return String.format(
        Locale.ROOT,
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }      \n",
        descr,
        shape);
  }

  private static Part part(Path file) throws Exception {
    try (ImageSource source = NPY.open(file)) {
      return source.info().parts().getFirst();
    }
  }

  private static List<String> names(Part part) {
    return part.channels().stream().map(Channel::name).toList();
  }

  @Test
  void theShapeTellsTheGeometry() throws Exception {
    Part grey = part(file(1, header("<f2", "(3, 5)"), 30));
    assertEquals(Window.ofSize(5, 3), grey.dataWindow());
    assertEquals(List.of("Y"), names(grey));
    assertEquals(List.of("Y"), names(part(file(1, header("<f2", "(3, 5, 1)"), 30))));
    assertEquals(List.of("0", "1"), names(part(file(1, header("<f2", "(3, 5, 2)"), 60))));
    Part colour = part(file(2, header("<f4", "(3, 5, 3)"), 180));
    assertEquals(Window.ofSize(5, 3), colour.dataWindow());
    assertEquals(List.of("R", "G", "B"), names(colour));
    assertEquals(SampleType.FLOAT32, colour.channels().getFirst().type());
    assertEquals(List.of("R", "G", "B", "3"), names(part(file(3, header(">f8", "(1, 2, 4)"), 64))));
    for (String shape : List.of("(60,)", "(3, 4, 5)", "(1, 3, 5, 4)", "(2, 1, 2, 3, 5)")) {
      Part row = part(file(1, header("<f4", shape), 240));
      assertEquals(Window.ofSize(60, 1), row.dataWindow(), shape);
      assertEquals(List.of("0"), names(row), shape);
    }
    assertEquals(Window.ofSize(1, 1), part(file(1, header("<f4", "()"), 4)).dataWindow());
  }

  @Test
  void headersThatOtherProgramsWriteAreRead() throws Exception {
    for (String text :
        List.of(
            "{\"shape\": (2,3), \"descr\": \"f4\", \"fortran_order\": False}",
            "{'shape':(2L, 3L),'fortran_order':False,'descr':'=f4'}\n",
            "  {'descr' : '|f4' , 'fortran_order' : False , 'shape' : (2 , 3 , ) , } # hello")) {
      assertEquals(Window.ofSize(3, 2), part(file(1, text, 24)).dataWindow(), text);
    }
  }

  @Test
  void everyVersionByteOrderAndTypeKeepsItsSamplesAndShape() throws Exception {
    Random random = new Random(3);
    for (int version = 1; version <= 3; version++) {
      for (String order : List.of("<", ">", "=")) {
        for (int bytes : new int[] {2, 4, 8}) {
          for (String shape : List.of("(7, 9, 3)", "(189,)", "(7, 9, 3, 1)")) {
            byte[] data = new byte[189 * bytes];
            random.nextBytes(data);
            Path in = file(version, header(order + "f" + bytes, shape), data);
            Path out = folder.resolve("out.npy");
            Pass.convert(in, out);
            byte[] written = Files.readAllBytes(out);
            assertEquals(0, (written.length - data.length) % 64);
            if (order.equals(">")) {
              swap(data, bytes);
            }
            assertArrayEquals(
                data,
                java.util.Arrays.copyOfRange(
                    written, written.length - data.length, written.length));
            assertEquals(shape, part(out).attributes().get("shape"));
          }
        }
      }
    }
  }

  private static void swap(byte[] data, int bytes) {
    for (int i = 0; i < data.length; i += bytes) {
      for (int k = 0; k < bytes / 2; k++) {
        byte keep = data[i + k];
        data[i + k] = data[i + bytes - 1 - k];
        data[i + bytes - 1 - k] = keep;
      }
    }
  }

  @Test
  void whatIsNotSupportedIsNamed() throws Exception {
    Problem.input("type <i4", () -> NPY.open(file(1, header("<i4", "(2, 3)"), 24)));
    Problem.input("type |O", () -> NPY.open(file(1, header("|O", "(2, 3)"), 24)));
    Problem.input("type <f16", () -> NPY.open(file(1, header("<f16", "(2,)"), 32)));
    Problem.input("version 4.0", () -> NPY.open(file(4, header("<f4", "(2, 3)"), 24)));
    String structured = "{'descr': [('r', '<f4')], 'fortran_order': False, 'shape': (2,)}";
    Problem.input("structured", () -> NPY.open(file(1, structured, 8)));
  }

  @Test
  void aShapeThatDoesNotFitTheFileIsAnErrorAtOnce() throws Exception {
    Problem.input("claims an array", () -> NPY.open(file(1, header("<f4", "(2, 4)"), 24)));
    Problem.input(
        "claims an array", () -> NPY.open(file(1, header("<f4", "(4294967296, 4294967296)"), 24)));
    Problem.input(
        "claims an array", () -> NPY.open(file(1, header("<f8", "(305843009213693952,)"), 24)));
    Problem.input("sample", () -> NPY.open(file(1, header("<f4", "()"), 3)));
  }

  @Test
  void whatFollowsTheArrayIsNotedAndLeftAlone() throws Exception {
    try (ImageSource source = NPY.open(file(1, header("<f4", "(2, 2)"), 24))) {
      assertEquals(4, Pass.samples(source).length * Pass.samples(source)[0].length);
      assertTrue(source.notes().getFirst().startsWith("8 bytes follow behind the samples"));
    }
    try (ImageSource source = NPY.open(file(1, header("<f4", "(2, 2)"), 16))) {
      assertEquals(List.of(), source.notes());
    }
  }

  @Test
  void alphaOfAPictureIsRememberedByTheArray() throws Exception {
    for (Domain domain : Domain.values()) {
      for (String names : List.of("AY", "ABGR")) {
        var tiles =
            new TileSource(
                Window.ofSize(5, 3),
                8,
                8,
                TileSource.channels(SampleType.FLOAT32, names.split("")));
        Path out = folder.resolve("out.npy");
        Pass.write(tiles, NPY, out, Pass.layout(tiles, null, domain));
        assertEquals("A", names(part(out)).getLast());
      }
    }
    // Of an exposure: what was not converted with the others.
    String old = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 4)} ";
    String comment = "# stops: domain=exposure origin=float16,float16,float16,-";
    assertEquals(List.of("R", "G", "B", "A"), names(part(file(1, old + comment, 16))));
  }

  @Test
  void arraysInFortranOrderAreReadAsNumpyReadsThem() throws Exception {
    Required.success(PYTHON, "-c", "import numpy");
    Path in = folder.resolve("np.npy");
    Path out = folder.resolve("out.npy");
    String save =
        """
        import numpy
        a = (numpy.arange(numpy.prod(%2$s)).reshape(%2$s) / 8 + 1).astype('%3$s')
        numpy.save('%1$s', numpy.asfortranarray(a))
        """;
    String compare =
        """
        import numpy
        a, b = numpy.load('%1$s'), numpy.load('%2$s')
        assert a.flags.f_contiguous and a.shape == b.shape and (a == b).all()
        """;
    List<String> shapes =
        List.of("(40, 6)", "(37, 50, 3)", "(4, 6, 2)", "(3, 5, 4)", "(2, 3, 4, 5)", "(3, 4, 9)");
    for (String shape : shapes) {
      for (String type : List.of("<f2", ">f4", "<f8")) {
        Command.outputOf(PYTHON, "-c", String.format(Locale.ROOT, save, in, shape, type));
        Pass.convert(in, out);
        Command.outputOf(PYTHON, "-c", String.format(Locale.ROOT, compare, in, out));
      }
    }
  }

  @Test
  void aBrokenHeaderIsAnErrorWithItsPlace() throws Exception {
    for (String text :
        List.of(
            "",
            "{",
            "{}",
            "{'descr'",
            "{'descr: '<f4'}",
            "{'descr': '<f4', 'shape': (2, 3)}",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999, 3)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': 6}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} x",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(100) + ")}")) {
      Problem.input("", () -> NPY.open(file(1, text, 24)));
    }
    byte[] claim = Files.readAllBytes(file(1, header("<f4", "(2, 3)"), 0));
    claim[9] = (byte) 0xff;
    Files.write(folder.resolve("in.npy"), claim);
    Problem.input("offset 8", () -> NPY.open(folder.resolve("in.npy")));
    Files.write(folder.resolve("in.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1});
    Problem.input("offset 7", () -> NPY.open(folder.resolve("in.npy")));
  }

  @Test
  void randomDamageToTheHeaderIsAnErrorOrAPicture() throws Exception {
    byte[] good = Files.readAllBytes(file(1, header("<f4", "(20, 30)"), 2400));
    Random random = new Random(4);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int k = 0; k <= i % 3; k++) {
        bad[random.nextInt(72)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("bad.npy"), bad);
      try {
        Pass.samples(file);
      } catch (stops.image.ImageException e) {
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
      }
    }
  }

  @Test
  void anEmptyArrayIsWrittenAsOne() throws Exception {
    for (String shape : List.of("(0,)", "(0, 3)", "(4, 0, 3)")) {
      Path in = file(1, header("<f4", shape), 0);
      Path out = folder.resolve("out.npy");
      Pass.convert(in, out);
      assertEquals(part(in).attributes().get("shape"), part(out).attributes().get("shape"));
    }
  }

  @Test
  void anExposureSaysSoAndRemembersTheTypesItCameFrom() throws Exception {
    Path in = file(1, header("<f2", "(3, 5, 3)"), 90);
    Path out = folder.resolve("out.npy");
    try (ImageSource source = NPY.open(in)) {
      Pass.write(source, NPY, out, Pass.layout(source, SampleType.FLOAT32, Domain.EXPOSURE));
    }
    try (ImageSource source = NPY.open(out)) {
      ImageInfo info = source.info();
      assertEquals(Domain.EXPOSURE, info.domain());
      assertEquals(
          Map.of("R", SampleType.FLOAT16, "G", SampleType.FLOAT16, "B", SampleType.FLOAT16),
          info.origins());
      assertEquals(
          "stops: domain=exposure origin=float16",
          info.parts().getFirst().attributes().get("comment"));
      // Back to intensity, it no longer does.
      Pass.write(source, NPY, out, Pass.keep(source));
    }
    assertEquals(Map.of("shape", "(3, 5, 3)"), part(out).attributes());
  }

  @Test
  void originsThatDifferAreKeptApart() {
    DomainComment comment =
        DomainComment.of(
            Domain.EXPOSURE, java.util.Arrays.asList(SampleType.FLOAT16, SampleType.FLOAT64, null));
    assertEquals("stops: domain=exposure origin=float16,float64,-", comment.text());
    assertEquals(comment, DomainComment.parse(comment.text()));
    assertEquals(Domain.INTENSITY, DomainComment.parse("made by hand").domain());
    DomainComment odd = DomainComment.parse("stops: domain=exposure origin=half,,,,, x");
    assertEquals(Domain.EXPOSURE, odd.domain());
    assertEquals(null, odd.origin(0));
  }

  @Test
  void aTiledPictureOfPlanesIsWrittenWithItsChannelsInTheirPlaces() throws Exception {
    Window window = new Window(-3, 5, 60, 41);
    for (SampleType type : SampleType.values()) {
      var tiles =
          new TileSource(window, 16, 8, TileSource.channels(type, "d.A", "d.B", "d.G", "d.R"));
      Path out = folder.resolve("out.npy");
      List<String> notes = Pass.write(tiles, NPY, out, Pass.keep(tiles));
      assertTrue(notes.toString().contains("layer d"), notes.toString());
      assertTrue(notes.toString().contains("place"), notes.toString());
      double[][][] samples = Pass.samples(out);
      assertEquals(window.height(), samples.length);
      for (int y = 0; y < samples.length; y++) {
        for (int x = 0; x < window.width(); x++) {
          for (int c = 0; c < 4; c++) {
            assertEquals(TileSource.value("RGBA".substring(c, c + 1), x, y), samples[y][x][c]);
          }
        }
      }
    }
  }

  @Test
  void channelsThatHaveNoConventionalOrderAreRefusedByName() {
    var odd =
        new TileSource(
            Window.ofSize(4, 4), 4, 4, TileSource.channels(SampleType.FLOAT32, "R", "Z"));
    Problem.output(
        "channels R, Z; choose .exr",
        () -> NPY.create(folder.resolve("out.npy"), odd, Pass.keep(odd)));
    var integers = new TileSource(Window.ofSize(4, 4), 4, 4, List.of(new Channel("Y", null, 1, 1)));
    Problem.output(
        "integers of channel Y",
        () -> NPY.create(folder.resolve("out.npy"), integers, Pass.keep(integers)));
    var sparse =
        new TileSource(
            Window.ofSize(4, 4), 4, 4, List.of(new Channel("Y", SampleType.FLOAT16, 2, 2)));
    Problem.output(
        "subsampled channel Y",
        () -> NPY.create(folder.resolve("out.npy"), sparse, Pass.keep(sparse)));
  }

  @Test
  void numpyLoadsWhatIsWrittenAndTheOtherWayRound() throws Exception {
    Required.success(PYTHON, "-c", "import numpy");
    Path in = folder.resolve("np.npy");
    Path out = folder.resolve("out.npy");
    String values = "numpy.arange(2*3*4).reshape(2,3,4).astype('%s') / 8";
    for (String type : List.of("<f2", ">f2", "<f4", ">f4", "<f8", ">f8")) {
      String array = String.format(Locale.ROOT, values, type);
      Command.outputOf(
          PYTHON,
          "-c",
          String.format(
              Locale.ROOT, "import numpy; numpy.save('%s', (%s).astype('%s'))", in, array, type));
      try (ImageSource source = NPY.open(in)) {
        Pass.write(source, NPY, out, Pass.layout(source, null, Domain.EXPOSURE));
      }
      assertTrue(
          new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1).contains("# stops:"));
      Command.outputOf(
          PYTHON,
          "-W",
          "error",
          "-c",
          String.format(
              Locale.ROOT,
              """
              import numpy
              for a in numpy.load('%1$s'), numpy.load('%1$s', mmap_mode='r'):
                assert a.shape == (2, 3, 4) and a.dtype == numpy.dtype('%2$s').newbyteorder('<')
                assert (a == %3$s).all()
              """,
              out,
              type,
              array));
    }
  }

  @Test
  void aHeaderTooLongForVersionOneIsWrittenAsVersionTwo() throws Exception {
    byte[] header = NpyHeader.write(SampleType.FLOAT32, List.of(1L), "x".repeat(70_000));
    assertEquals(2, header[6]);
    assertEquals(0, header.length % 64);
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(header.length - 12, buffer.getInt(8));
  }
}
