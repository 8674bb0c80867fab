package stops.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stops.Stops;
import stops.device.DeviceChoice;
import stops.engine.pool.EnginePool;
import stops.image.Domain;
import stops.image.MemoryBound;
import stops.strip.StripWorkers;

class ViewServerTest {
  private static final Path DESK = Path.of("src/main/examples/desk.exr");
  private static final long MEMORY = 64L << 20;

  @TempDir Path folder = Path.of("");
  private EnginePool engines;
  private StripWorkers workers;
  private ViewServer server;
  private Path picture = DESK;

  ViewServerTest() throws Exception {
    engines = DeviceChoice.of("cpu").open();
    workers = StripWorkers.reading(2, new MemoryBound(MEMORY));
    server = serve(DESK);
  }

  @BeforeEach
  void copy() throws Exception {
    picture = folder.resolve("a.exr");
    Files.copy(DESK, picture);
    server.close();
    server = serve(picture);
  }

  @AfterEach
  void close() {
    server.close();
    workers.close();
    engines.close();
  }

  private ViewServer serve(Path... files) throws Exception {
    List<ViewInput> inputs =
        Arrays.stream(files)
            .map(file -> new ViewInput(file, file.toString(), OptionalInt.empty()))
            .toList();
    return ViewServer.start(inputs, null, workers, engines, MEMORY, 0);
  }

  private void serveInstead(Path... files) throws Exception {
    server.close();
    server = serve(files);
  }

  private HttpResponse<byte[]> get(String name) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.address() + name)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private JsonObject json(int status, String name) throws Exception {
    HttpResponse<byte[]> answer = get(name);
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(status, answer.statusCode(), text);
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private byte[] tile(int picture, int layer) throws Exception {
    HttpResponse<byte[]> answer = get("tile?i=" + picture + "&layer=" + layer + "&level=0&x=0&y=0");
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  private String token() {
    return URI.create(server.address()).getPath();
  }

  /** The status of a request that is sent word for word. */
  private String status(String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      byte[] head = socket.getInputStream().readNBytes(12);
      return new String(head, StandardCharsets.ISO_8859_1).replaceFirst("HTTP/1.1 ", "");
    }
  }

  private String status(String method, String path, String headers) throws Exception {
    return status(method + " " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
  }

  @Test
  void thePageAndItsFilesAreServed() throws Exception {
    for (String name :
        List.of(
            "",
            "view.html",
            "view.css",
            "source.js",
            "gl.js",
            "tiles.js",
            "view.js",
            "measure.js",
            "ui.js")) {
      HttpResponse<byte[]> answer = get(name);
      assertEquals(200, answer.statusCode(), name);
      assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
      assertTrue(
          answer
              .headers()
              .firstValue("Content-Security-Policy")
              .orElse("")
              .startsWith("default-src 'self'"));
    }
  }

  @Test
  void onlyWhoKnowsTheTokenAndComesByANameOfThisMachineIsAnswered() throws Exception {
    String host = "Host: 127.0.0.1:8000\r\n";
    assertEquals("200", status("GET", token(), host));
    assertEquals("200", status("GET", token(), "Host: localhost\r\n"));
    assertEquals("403", status("GET", "/", host));
    assertEquals("403", status("GET", "/view.html", host));
    assertEquals("403", status("GET", "/" + "0".repeat(32) + "/", host));
    assertEquals("403", status("GET", token().substring(0, 32) + "/", host));
    assertEquals("403", status("GET", token(), "Host: evil.example\r\n"));
    assertEquals("403", status("GET", token(), "Host: 127.0.0.1.evil.example\r\n"));
    assertEquals("403", status("GET", token(), host + "Origin: http://evil.example\r\n"));
    assertEquals(33, token().length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../view.html",
        "..",
        "%2e%2e/ui.js",
        "stops/view/ui.js",
        "Access.class",
        "/etc/passwd",
        "ui.js/",
        "ui.js%00",
        "UI.JS",
        "//ui.js"
      })
  void nothingIsServedButFixedNames(String name) throws Exception {
    assertEquals("403", status("GET", token() + name, "Host: localhost\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void onlyGetIsAllowed(String method) throws Exception {
    assertEquals("405", status(method, token(), "Host: localhost\r\nContent-Length: 0\r\n"));
  }

  @Test
  void nothingListensOnOtherAddresses() throws Exception {
    URI address = URI.create(server.address());
    assertEquals("127.0.0.1", address.getHost());
    for (String other : List.of("127.0.0.2", InetAddress.getLocalHost().getHostAddress())) {
      if (!other.equals("127.0.0.1")) {
        assertThrows(
            ConnectException.class, () -> new Socket(other, address.getPort()).close(), other);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    int port = URI.create(server.address()).getPort();
    assertThrows(
        BindException.class,
        () ->
            ViewServer.start(
                List.of(new ViewInput(DESK, "desk", OptionalInt.empty())),
                null,
                workers,
                engines,
                MEMORY,
                port));
  }

  @Test
  void aTileHasTheSamplesOfThePictureAndAProbeSaysThem() throws Exception {
    ByteBuffer tile = ByteBuffer.wrap(tile(0, 0)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(240 * 256 * 6, tile.remaining());
    JsonArray channels = json(200, "probe?i=0&layer=0&x=100&y=90").getAsJsonArray("channels");
    for (int c = 0; c < 3; c++) {
      JsonObject channel = channels.get(c).getAsJsonObject();
      float sample = Float.float16ToFloat(tile.getShort(2 * (3 * (90 * 240 + 100) + c)));
      assertEquals("RGB".substring(c, c + 1), channel.get("channel").getAsString());
      assertEquals(sample, channel.get("intensity").getAsDouble());
      assertEquals(Math.log(sample) / Math.log(2), channel.get("stops").getAsDouble(), 1e-12);
    }
  }

  @Test
  void exposuresAreShownAsTheLightThatTheyStandFor() throws Exception {
    Path exposure = folder.resolve("stops.exr");
    try (Stops stops = Stops.open()) {
      stops.convert(picture, exposure, Domain.EXPOSURE);
    }
    ByteBuffer expected = ByteBuffer.wrap(tile(0, 0)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < expected.remaining(); i += 2) {
      boolean negative = expected.getShort(i) < 0;
      expected.putShort(i, negative ? 0 : expected.getShort(i));
    }
    serveInstead(exposure);
    assertArrayEquals(expected.array(), tile(0, 0));
    JsonObject layer = json(200, "picture?i=0").getAsJsonArray("layers").get(0).getAsJsonObject();
    assertTrue(layer.get("exposures").getAsBoolean());
  }

  @Test
  void aRegionIsMeasured() throws Exception {
    JsonObject found = json(200, "statistics?i=0&layer=0&x=10&y=20&w=30&h=40");
    assertEquals("10,20,30,40", found.get("roi").getAsString());
    JsonObject red = found.getAsJsonArray("channels").get(0).getAsJsonObject();
    assertEquals("R", red.get("channel").getAsString());
    assertEquals(1200, red.get("samples").getAsInt());
    assertTrue(found.get("histogram").getAsString().contains("<svg"));
    json(422, "statistics?i=0&layer=0&x=1000&y=20&w=30&h=40");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile?i=0&layer=0&level=0&x=1&y=0",
        "tile?i=0&layer=0&level=-1&x=0&y=0",
        "tile?i=0&layer=9&level=0&x=0&y=0",
        "tile?i=1&layer=0&level=0&x=0&y=0",
        "tile?i=0&layer=0&level=99999999999&x=0&y=0",
        "tile",
        "probe?i=0&layer=0&x=240&y=0",
        "statistics?i=0&layer=0&x=0&y=0&w=0&h=1",
        "statistics?i=0&layer=0&x=2147483647&y=0&w=2147483647&h=1"
      })
  void whatMakesNoSenseIsRefused(String name) throws Exception {
    assertTrue(json(400, name).get("error").getAsString().length() > 10);
  }

  @Test
  void aReplacedFileIsSaidAndReadAnewWhenItIsOpenedAgain() throws Exception {
    byte[] before = tile(0, 0);
    Path other = folder.resolve("other.exr");
    try (Stops stops = Stops.open()) {
      stops.convert(picture, other, Domain.EXPOSURE);
    }
    Files.move(other, picture, StandardCopyOption.REPLACE_EXISTING);
    String error = json(409, "tile?i=0&layer=0&level=0&x=0&y=0").get("error").getAsString();
    assertTrue(error.contains("replaced"), error);
    json(200, "picture?i=0");
    assertEquals(before.length, tile(0, 0).length);
    Files.delete(picture);
    error = json(409, "probe?i=0&layer=0&x=1&y=1").get("error").getAsString();
    assertTrue(error.contains("gone"), error);
    error = json(422, "picture?i=0").get("error").getAsString();
    assertTrue(error.contains("there is no such file"), error);
    Files.copy(DESK, picture);
    json(200, "picture?i=0");
    assertArrayEquals(before, tile(0, 0));
  }

  @Test
  void aDamagedFrameIsSaidAndTheOthersAreShown() throws Exception {
    byte[] bytes = Files.readAllBytes(DESK);
    Path cut = Files.write(folder.resolve("cut.exr"), Arrays.copyOf(bytes, bytes.length / 2));
    Path none = Files.write(folder.resolve("none.exr"), new byte[] {1, 2, 3});
    serveInstead(none, cut, picture);
    assertTrue(json(422, "picture?i=0").get("error").getAsString().startsWith(none.toString()));
    json(200, "picture?i=1");
    HttpResponse<byte[]> half = get("tile?i=1&layer=0&level=0&x=0&y=0");
    assertEquals(200, half.statusCode());
    assertTrue(half.headers().firstValue("Stops-Problem").orElse("").contains("incomplete"));
    assertEquals(tile(2, 0).length, half.body().length);
  }

  @Test
  void manyAskAtOnce() throws Exception {
    byte[] expected = tile(0, 0);
    Path second = Files.copy(DESK, folder.resolve("b.exr"));
    Path third = Files.copy(DESK, folder.resolve("c.exr"));
    serveInstead(picture, second, third);
    List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 60; i++) {
        answers.add(
            client.sendAsync(
                HttpRequest.newBuilder(
                        URI.create(server.address() + "tile?layer=0&level=0&x=0&y=0&i=" + i % 3))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray()));
      }
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertArrayEquals(expected, answer.join().body());
      }
    }
  }

  /** Waits for the end, which only comes once the stream of the page is closed. */
  @Test
  void itEndsWhenTheLastPageIsClosed() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> page =
          client.send(
              HttpRequest.newBuilder(URI.create(server.address() + "events")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(':', page.body().read());
      page.body().close();
    }
    server.awaitLastPageClosed();
  }

  @Test
  void itEndsWhenItIsAskedTo() throws Exception {
    assertEquals(
        "200", status("POST", token() + "close", "Host: localhost\r\nContent-Length: 0\r\n"));
    server.awaitLastPageClosed();
  }
}
